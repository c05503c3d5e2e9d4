import type { ConfigSchema } from "@getfluxly/email-core";
import { definePreset, type PresetDefinition, type PresetOptions } from "@getfluxly/email-custom-smtp/preset";
import { type MailgunConfig, type MailgunConfigInput, mailgunConfigSchema } from "./mailgun-config-schema.js";
import { mailgunMessageOptions } from "./mailgun-message-options.js";
import { mailgunWebhookConfigSchema } from "./mailgun-webhook-config-schema.js";
import { toMailgunConnection } from "./to-mailgun-connection.js";
import { toMailgunHeaders } from "./to-mailgun-headers.js";
import type { MailgunWebhookConfig } from "./webhook/mailgun-webhook.js";

type MailgunDefinition = PresetDefinition<
  "mailgun",
  ConfigSchema<MailgunConfigInput, MailgunConfig>,
  ConfigSchema<MailgunWebhookConfig>
>;

const manual = "https://documentation.mailgun.com/docs/mailgun/user-manual";
const readOn = "2026-10-31";

/** Mailgun, used as the operator wants. */
export function createMailgunDefinition(options?: PresetOptions): MailgunDefinition {
  return definePreset(
    {
      id: "mailgun",
      displayName: "Mailgun",
      documentationUrl: `${manual}/sending-messages/send-smtp`,
      configSchema: mailgunConfigSchema,
      secretFields: ["password"],
      connection: toMailgunConnection,
      credentialSteps: [
        "In Mailgun's control panel open Send > Sending > Domain settings, and choose the sending domain at the top.",
        "Open SMTP credentials. The user name is the whole address there, usually postmaster@ and the domain.",
        "Choose Reset password (or Add new SMTP user) and copy the password, which is shown once.",
        "API keys, the webhook signing key and the password of the control panel do not log in here, even where they look alike.",
        "A user of a domain in the EU logs in to region eu only, and the other way round.",
      ],
      // Nothing is documented about the number of variables: as many as the SDK takes, and `gf_id`.
      limits: { tags: 3, metadata: 101, recipients: 1_000, messageBytes: 25 * 1024 * 1024 },
      messageOptions: mailgunMessageOptions,
      headers: toMailgunHeaders,
      // It says `250 Great success`, and no id: our Message-ID is the key to its events.
      relayMessageId: null,
      delivery: { maxConnections: 5, maxMessagesPerConnection: 100 },
      domainRecords: {
        source: `${manual}/domains/domains-verify`,
        verifiedOn: readOn,
        spf: { include: "mailgun.org", need: "required" },
        // The selector is the domain's own: its page shows the record.
        dkim: [{ type: "TXT", host: "<selector>._domainkey" }],
      },
      facts: [
        {
          fact: "Hosts and ports: smtp.mailgun.org, smtp.eu.mailgun.org; 25, 587, 2525 with STARTTLS, 465 with TLS",
          source: "https://github.com/mailgun/documentation, user manual of July 2024",
          readOn,
        },
        {
          fact: "3 tags of 128 ASCII characters",
          source: `${manual}/tracking-messages/track-tagging`,
          readOn,
        },
        {
          fact: "X-Mailgun-* headers; variables reach the recipient",
          source: `${manual}/sending-messages/pass-sending-options`,
          readOn,
        },
        {
          fact: "25 MB a message (EHLO announces 50 MiB), 1,000 recipients",
          source: `${manual}/sending-messages/send-http`,
          readOn,
        },
        {
          fact: "Reply to a message: 250 Great success, without an id",
          source: "captured, several public logs",
          readOn,
        },
      ],
      webhook: {
        configSchema: mailgunWebhookConfigSchema,
        secretFields: ["signing_keys"],
        load: async () => (await import("./webhook/index.js")).mailgunWebhook,
      },
    },
    options,
  );
}

/** Mailgun. */
export const mailgunDefinition: MailgunDefinition = createMailgunDefinition();
