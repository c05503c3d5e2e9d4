import type { WebhookRequest } from "@getfluxly/email-core";
import { readTextFile } from "../command-line/read-text-file.js";
import { UsageError } from "../command-line/usage-error.js";

export interface SavedRequestOptions {
  /** `Name: value`, besides those of the file. */
  readonly headers: readonly string[];
  /** The file is the body, whatever it looks like. */
  readonly isRaw: boolean;
}

/**
 * A request from a file: JSON with `body` as text and, if need be, `method`, `url`, `headers` and `contentType`; or the
 * bare body.
 */
export async function readSavedRequest(
  path: string,
  { headers, isRaw }: SavedRequestOptions,
): Promise<WebhookRequest> {
  const text = await readTextFile(path);
  const saved = isRaw ? undefined : parseSaved(text);
  const pairs = [...(saved?.headers ?? []), ...headers.map(toPair)];
  const has = (name: string) => pairs.some(([each]) => each.toLowerCase() === name);
  const body = saved?.body ?? text;
  const type =
    saved?.contentType ?? (/^\s*[[{]/.test(body) ? "application/json" : "application/x-www-form-urlencoded");
  return {
    method: saved?.method ?? "POST",
    url: saved?.url ?? "https://example.com/webhook",
    headers: has("content-type") ? pairs : [...pairs, ["Content-Type", type]],
    body: new TextEncoder().encode(body),
  };
}

function parseSaved(text: string) {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { body, method, url, headers, contentType } = Object(parsed);
  if (typeof body !== "string") return undefined;
  return {
    body,
    method: toText(method),
    url: toText(url),
    contentType: toText(contentType),
    headers: toPairs(headers),
  };
}

function toPairs(headers: unknown): (readonly [string, string])[] {
  const entries: unknown[] = Array.isArray(headers) ? headers : Object.entries(Object(headers));
  return entries.flatMap((entry) => {
    const [name, value] = Array.isArray(entry) ? entry : [];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.map((each) => [String(name), String(each)] as const);
  });
}

function toPair(text: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new UsageError("--header takes `Name: value`.");
  return [name, value];
}

const toText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
