import type { ConfigSchema } from "@getfluxly/email-core";
import type { SharedSecretConfig } from "@getfluxly/email-core/webhook";
import {
  definePreset,
  type PresetDefinition,
  type PresetOptions,
  sharedSecretWebhook,
} from "@getfluxly/email-custom-smtp/preset";
import { type Smtp2goConfig, type Smtp2goConfigInput, smtp2goConfigSchema } from "./smtp2go-config-schema.js";
import { toSmtp2goConnection } from "./to-smtp2go-connection.js";
import { toSmtp2goHeaders } from "./to-smtp2go-headers.js";

type Smtp2goDefinition = PresetDefinition<
  "smtp2go",
  ConfigSchema<Smtp2goConfigInput, Smtp2goConfig>,
  ConfigSchema<SharedSecretConfig>
>;

const smtpGuide = "https://developers.smtp2go.com/docs/smtp-relay";
const readOn = "2026-10-31";

/** SMTP2GO, used as the operator wants. */
export function createSmtp2goDefinition(options?: PresetOptions): Smtp2goDefinition {
  return definePreset(
    {
      id: "smtp2go",
      displayName: "SMTP2GO",
      documentationUrl: smtpGuide,
      configSchema: smtp2goConfigSchema,
      secretFields: ["password"],
      connection: toSmtp2goConnection,
      credentialSteps: [
        "In SMTP2GO open Sending > SMTP Users.",
        "Choose Add SMTP User, or the one made for this purpose, and copy user name and password as they are shown there.",
        "See that the user is neither switched off nor sandboxed.",
        "The login of the website and API keys, which begin with api-, do not log in here.",
      ],
      // SMTP2GO names no numbers: as many as the SDK takes, and `gf_id`.
      limits: { tags: 100, metadata: 101, messageBytes: 50 * 1024 * 1024 },
      headers: toSmtp2goHeaders,
      // Of the shape that events call `email_id`.
      relayMessageId: /^OK id=([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})$/,
      replies: [
        {
          pattern: /\bsender domain not verified\b/i,
          code: "sender-refused",
          remedy:
            "Verify the domain of from_email in SMTP2GO under Sending > Verified Senders: publish the three CNAME records that it shows.",
        },
      ],
      delivery: { maxConnections: 5, maxMessagesPerConnection: 100 },
      domainRecords: {
        source: "https://support.smtp2go.com",
        verifiedOn: readOn,
        // No SPF: the return path below the domain brings its own.
        dkim: [{ type: "CNAME", host: "s<id>._domainkey", value: "dkim.smtp2go.net" }],
        returnPath: { type: "CNAME", host: "em<id>", value: "return.smtp2go.net" },
      },
      facts: [
        {
          fact: "Hosts and regions; ports 25, 80, 587, 2525 and 8025 with STARTTLS, 443, 465 and 8465 with TLS; SMTP users",
          source: smtpGuide,
          readOn,
        },
        {
          fact: "50 MB; the header fields that a webhook is told to are repeated in its events",
          source: "https://developers.smtp2go.com",
          readOn,
        },
        {
          fact: "Events, their fields, and how often SMTP2GO sends one again",
          source: "https://support.smtp2go.com/hc/en-gb/articles/223087967-Webhooks",
          readOn,
        },
      ],
      webhook: sharedSecretWebhook(async () => (await import("./webhook/index.js")).smtp2goWebhook),
    },
    options,
  );
}

/** SMTP2GO. */
export const smtp2goDefinition: Smtp2goDefinition = createSmtp2goDefinition();
