import type { ContentSource } from "./content-source.js";
import type { Refuse } from "./create-refusal.js";
import { isBytes } from "./is-bytes.js";

/** `text` or `html` in any of nodemailer's forms. */
export function toBodySource(value: unknown, path: string, refuse: Refuse): ContentSource {
  const described: { readonly [Key in keyof ContentSource | "raw" | "headers" | "pipe"]?: unknown } =
    Object(value);
  const { content, path: file, href, raw, encoding, httpHeaders, tls, headers, pipe } = described;
  // A stream of a file has a path, too.
  const isDescription = !isBytes(value) && typeof pipe !== "function" && (content || file || href || raw);
  if (typeof value !== "object" || !isDescription) return { content: value };
  for (const [name, given] of Object.entries({ raw, headers })) {
    if (!given) continue;
    const sentence = "Not supported: the connector composes the message itself.";
    refuse(`${path}.${name}`, sentence, "capability-unsupported");
  }
  return { content, path: file, href, encoding, httpHeaders, tls };
}
