import type { RelayHeader } from "../preset/preset.js";
import { foldHeader } from "./fold-header.js";

/**
 * A relay's own fields, visible ASCII, with \n as line end. Both composers put them first, as they are written here:
 * MailComposer would change the case of `X-PM-Metadata-gf_id`, and of a field that may not repeat relays read the first.
 */
export function toRelayFields(relayHeaders: readonly RelayHeader[]): string {
  return relayHeaders.map(([name, value]) => `${foldHeader(`${name}: ${value}`)}\n`).join("");
}
