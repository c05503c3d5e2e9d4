import type { PreparedMessage } from "@getfluxly/email-core";
import type { Content } from "../session/content.js";
import { composeFast } from "./compose-fast.js";
import { composeWithNodemailer } from "./compose-with-nodemailer.js";
import type { RelayHeader } from "./relay-header.js";

/**
 * A prepared message as octets: at once for what usual mail consists of, through nodemailer for all else. `relayHeaders`
 * are fields of the relay's own, visible ASCII, which may repeat a name.
 */
export function composeMessage(
  message: PreparedMessage,
  date: Date,
  relayHeaders: readonly RelayHeader[] = [],
): Content | Promise<Content> {
  return composeFast(message, date, relayHeaders) ?? composeWithNodemailer(message, date, relayHeaders);
}
