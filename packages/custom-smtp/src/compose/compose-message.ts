import type { PreparedMessage } from "@getfluxly/email-core";
import type { Content } from "../session/content.js";
import { composeFast } from "./compose-fast.js";
import { composeWithNodemailer } from "./compose-with-nodemailer.js";

/** A prepared message as octets: at once for what usual mail consists of, through nodemailer for all else. */
export function composeMessage(message: PreparedMessage, date: Date): Content | Promise<Content> {
  return composeFast(message, date) ?? composeWithNodemailer(message, date);
}
