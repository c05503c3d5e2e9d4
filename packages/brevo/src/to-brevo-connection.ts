import type { PresetConnection } from "@getfluxly/email-custom-smtp/preset";
import type { BrevoConfig } from "./brevo-config-schema.js";

/** STARTTLS on both ports, which Brevo's page calls "non-encrypted". */
export function toBrevoConnection({ login, smtp_key }: BrevoConfig): PresetConnection {
  return {
    host: "smtp-relay.brevo.com",
    port: 587,
    fallbackPorts: [2525],
    tlsMode: "starttls",
    username: login,
    password: smtp_key,
  };
}
