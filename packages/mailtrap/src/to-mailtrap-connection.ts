import type { PresetConnection } from "@getfluxly/email-custom-smtp/preset";
import type { MailtrapConfig } from "./mailtrap-config-schema.js";

/** The stream decides the host; the user name is the same for everybody. */
export function toMailtrapConnection({
  api_token: token,
  sending_stream: stream,
}: MailtrapConfig): PresetConnection {
  return {
    host: stream === "bulk" ? "bulk.smtp.mailtrap.io" : "live.smtp.mailtrap.io",
    port: 587,
    fallbackPorts: [2525],
    tlsMode: "starttls",
    username: "api",
    password: token,
  };
}
