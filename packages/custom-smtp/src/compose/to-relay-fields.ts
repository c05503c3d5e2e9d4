import { foldHeader } from "./fold-header.js";
import type { RelayHeader } from "./relay-header.js";

/** As `foldHeader` has it. */
const lineCharacters = 76;

/**
 * A relay's own fields, visible ASCII, with \n as line end. Both composers put them first, as they are written here:
 * MailComposer would change the case of `X-PM-Metadata-gf_id`, and of a field that may not repeat relays read the first.
 */
export function toRelayFields(relayHeaders: readonly RelayHeader[]): string {
  return relayHeaders.map(([name, value]) => `${fold(name, value)}\n`).join("");
}

/** Never right after the name, where a simple reader would find an empty value. */
function fold(name: string, value: string): string {
  const field = `${name}: ${value}`;
  const blank = value.indexOf(" ");
  const headEnd = blank < 0 ? field.length : name.length + 2 + blank;
  if (headEnd <= lineCharacters) return foldHeader(field);
  return headEnd === field.length ? field : `${field.slice(0, headEnd)}\n${foldHeader(field.slice(headEnd))}`;
}
