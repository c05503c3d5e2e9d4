import type { Config } from "@getfluxly/email-core";
import type { PresetConnection } from "@getfluxly/email-custom-smtp/preset";
import type { SendGridConfigSchema } from "./sendgrid-config-schema.js";

/** 465 is served too, but who blocks 587 blocks it as well, more often than 2525. */
export function toSendGridConnection({ api_key, region }: Config<SendGridConfigSchema>): PresetConnection {
  return {
    host: region === "eu" ? "smtp.eu.sendgrid.net" : "smtp.sendgrid.net",
    port: 587,
    fallbackPorts: [2525],
    tlsMode: "starttls",
    // The word itself, for everybody.
    username: "apikey",
    password: api_key,
  };
}
