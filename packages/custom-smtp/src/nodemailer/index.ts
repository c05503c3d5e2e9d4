export type { CompiledMessage, CompiledPart, NodemailerMail } from "./nodemailer-mail.js";
export type { NodemailerEmailError, NodemailerTransport } from "./nodemailer-transport.js";
export type { RejectedRecipientError, SentMessageInfo } from "./sent-message-info.js";
export { toNodemailerTransport } from "./to-nodemailer-transport.js";
