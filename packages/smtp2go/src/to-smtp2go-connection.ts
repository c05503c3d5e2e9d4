import type { PresetConnection } from "@getfluxly/email-custom-smtp/preset";
import type { Smtp2goConfig } from "./smtp2go-config-schema.js";

/** STARTTLS on all of these ports; 80 last, where a proxy may listen instead. */
export function toSmtp2goConnection({ region, username, password }: Smtp2goConfig): PresetConnection {
  return {
    host: region === "nearest" ? "mail.smtp2go.com" : `mail-${region}.smtp2go.com`,
    port: 587,
    fallbackPorts: [2525, 8025, 80],
    tlsMode: "starttls",
    username,
    password,
  };
}
