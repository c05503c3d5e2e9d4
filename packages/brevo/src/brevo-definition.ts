import type { ConfigSchema } from "@getfluxly/email-core";
import type { SharedSecretConfig } from "@getfluxly/email-core/webhook";
import {
  definePreset,
  type PresetDefinition,
  type PresetOptions,
  sharedSecretWebhook,
} from "@getfluxly/email-custom-smtp/preset";
import { type BrevoConfig, brevoConfigSchema } from "./brevo-config-schema.js";
import { toBrevoConnection } from "./to-brevo-connection.js";
import { toBrevoHeaders } from "./to-brevo-headers.js";

type BrevoDefinition = PresetDefinition<"brevo", ConfigSchema<BrevoConfig>, ConfigSchema<SharedSecretConfig>>;

const smtpGuide = "https://developers.brevo.com/docs/smtp-integration";
const readOn = "2026-10-31";

/** Brevo, formerly Sendinblue, used as the operator wants. */
export function createBrevoDefinition(options?: PresetOptions): BrevoDefinition {
  return definePreset(
    {
      id: "brevo",
      displayName: "Brevo",
      documentationUrl: smtpGuide,
      configSchema: brevoConfigSchema,
      secretFields: ["smtp_key"],
      connection: toBrevoConnection,
      credentialSteps: [
        "In Brevo open SMTP & API from the menu of your account, and the tab SMTP.",
        "Copy the Login, which is often not the address you sign in with.",
        "Choose Generate a new SMTP key and copy it at once: it begins with xsmtpsib- and is shown once.",
        "A key that begins with xkeysib- is for the API and cannot log in here, nor can the password of the account.",
      ],
      // Brevo names no number for metadata: as many as the SDK takes, and `gf_id`.
      limits: { tags: 1, metadata: 101, messageBytes: 20 * 1024 * 1024 },
      headers: toBrevoHeaders,
      // The Message-ID: ours, as far as is known.
      relayMessageId: /^2\.0\.0 OK: queued as <?([^<>\s]+@[^<>\s]+)>?$/i,
      replies: [
        {
          pattern: /^525 .*\bip\b/i,
          code: "relay-refused",
          remedy:
            "The key is right, but Brevo admits only known addresses: under Security > Authorized IPs add the address that this host sends from (IPv4 and IPv6), or switch the check off for SMTP keys.",
        },
        {
          pattern: /\bnot (?:yet )?activated\b/i,
          code: "relay-refused",
          remedy:
            "The account may not send yet: complete its profile, and ask Brevo's support to activate transactional e-mail.",
        },
      ],
      delivery: { maxConnections: 5, maxMessagesPerConnection: 100 },
      domainRecords: {
        source: "https://help.brevo.com",
        verifiedOn: readOn,
        // On shared addresses the envelope domain is Brevo's, and passes without.
        spf: { include: "spf.brevo.com", need: "conditional" },
        dkim: [
          { type: "CNAME", host: "brevo1._domainkey", value: "b1.<domain-with-dashes>.dkim.brevo.com" },
          { type: "CNAME", host: "brevo2._domainkey", value: "b2.<domain-with-dashes>.dkim.brevo.com" },
        ],
      },
      facts: [
        { fact: "Host, ports 587, 2525 and 465; Login and SMTP key", source: smtpGuide, readOn },
        {
          fact: "X-Mailin-Tag: one. X-Mailin-custom: ASCII, comes back as it is, stays in the mail that is delivered",
          source: "https://github.com/anymail/django-anymail/blob/main/docs/esps/brevo.rst",
          readOn,
        },
        {
          fact: "20 MB: of the API. The SMTP server was seen to announce 100 MB",
          source: "https://developers.brevo.com",
          readOn,
        },
        {
          fact: "Events, their fields, and what makes Brevo send one again",
          source: "https://developers.brevo.com/docs/retry-mechanism",
          readOn,
        },
      ],
      webhook: sharedSecretWebhook(async () => (await import("./webhook/index.js")).brevoWebhook),
    },
    options,
  );
}

/** Brevo, formerly Sendinblue. */
export const brevoDefinition: BrevoDefinition = createBrevoDefinition();
