import type { Refuse } from "./create-refusal.js";
import type { CompiledMessage } from "./nodemailer-mail.js";
import type { ReadAddresses } from "./read-addresses.js";

export interface ReadEnvelope {
  /** As nodemailer counts them: each once. */
  readonly to: readonly string[];
  /** Where the message names one. */
  readonly from: string | undefined;
}

/** An envelope of the message's own may name the return path, and no other recipients. */
export function readEnvelope(
  message: CompiledMessage,
  given: unknown,
  addresses: ReadAddresses | undefined,
  refuse: Refuse,
): ReadEnvelope {
  const { from, to } = message.getEnvelope();
  const envelope: object = Object(given ?? {});
  for (const [name, value] of Object.entries(envelope)) {
    if (["from", "to", "cc", "bcc"].includes(name) || !value) continue;
    refuse(`envelope.${name}`, "Not supported.", "capability-unsupported");
  }
  const { to: visible, cc, bcc } = addresses ?? { to: [], cc: [], bcc: [] };
  const known = new Set([...visible, ...cc, ...bcc].map(({ address }) => address));
  if (addresses && (known.size !== to.length || to.some((address) => !known.has(address)))) {
    const sentence = "Recipients other than those in to, cc and bcc are not supported.";
    refuse("envelope.to", sentence, "capability-unsupported");
  }
  if (!given) return { to, from: undefined };
  // nodemailer would send with the null reverse-path.
  if (!from) refuse("envelope.from", "An address is required.", "capability-unsupported");
  return { to, from: from || undefined };
}
