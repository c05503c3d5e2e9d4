import type { PresetConnection } from "@getfluxly/email-custom-smtp/preset";
import type { MailgunConfig } from "./mailgun-config-schema.js";

/** The domain's region decides the host; STARTTLS on both ports. */
export function toMailgunConnection({ region, username, password }: MailgunConfig): PresetConnection {
  return {
    host: region === "eu" ? "smtp.eu.mailgun.org" : "smtp.mailgun.org",
    port: 587,
    fallbackPorts: [2525],
    tlsMode: "starttls",
    username,
    password,
  };
}
