import type { ConfigSchema } from "@getfluxly/email-core";
import { definePreset, type PresetDefinition, type PresetOptions } from "@getfluxly/email-custom-smtp/preset";
import {
  type MailtrapConfig,
  type MailtrapConfigInput,
  mailtrapConfigSchema,
} from "./mailtrap-config-schema.js";
import { mailtrapWebhookConfigSchema } from "./mailtrap-webhook-config-schema.js";
import { toMailtrapConnection } from "./to-mailtrap-connection.js";
import { toMailtrapHeaders } from "./to-mailtrap-headers.js";
import type { MailtrapWebhookConfig } from "./webhook/mailtrap-webhook.js";

type MailtrapDefinition = PresetDefinition<
  "mailtrap",
  ConfigSchema<MailtrapConfigInput, MailtrapConfig>,
  ConfigSchema<MailtrapWebhookConfig>
>;

const documentation = "https://docs.mailtrap.io/email-api-smtp";
const readOn = "2026-10-31";

/** Mailtrap's sending product, used as the operator wants. Not its sandbox, which delivers to nobody. */
export function createMailtrapDefinition(options?: PresetOptions): MailtrapDefinition {
  return definePreset(
    {
      id: "mailtrap",
      displayName: "Mailtrap",
      documentationUrl: `${documentation}/smtp-integration`,
      configSchema: mailtrapConfigSchema,
      secretFields: ["api_token"],
      connection: toMailtrapConnection,
      credentialSteps: [
        "In Mailtrap open Sending domains, choose the domain of your sender, and open its Integration tab.",
        "Choose the stream, then SMTP, and copy the password, which is the API token of the domain.",
        "A token made under Settings > API tokens needs admin permission on the domain; tokens expire after a year unless they are set otherwise.",
        "User name and password of a sandbox inbox do not log in here.",
      ],
      // The variables are bounded together, by their bytes; as many as the SDK takes, and `gf_id`.
      limits: { tags: 1, metadata: 101, messageBytes: 30 * 1024 * 1024 },
      headers: toMailtrapHeaders,
      // Not known of the live hosts; the sandbox tells none.
      relayMessageId: null,
      replies: [
        {
          pattern: /^535 .*too many connections/i,
          code: "relay-unavailable",
          remedy: "An account has 10 connections, over all processes: let this one have fewer of them.",
        },
        {
          pattern: /^535 .*limit reached/i,
          code: "relay-refused",
          remedy: "The plan's messages are used up: take a larger plan, or wait for the next month.",
        },
        {
          pattern: /^550 .*sending from domain .*not allowed/i,
          code: "sender-refused",
          remedy:
            "Verify the domain of from_email in Mailtrap, and see that its compliance check is done and that the token has rights on it.",
        },
      ],
      // Of 10 connections an account has, over all processes; and 100 messages on each.
      delivery: { maxConnections: 5, maxMessagesPerConnection: 90 },
      domainRecords: {
        source: `${documentation}/setup/sending-domain`,
        verifiedOn: readOn,
        // Asked for by older guides only.
        spf: { include: "_spf.smtp.mailtrap.live", need: "legacy" },
        dkim: [
          { type: "CNAME", host: "rwmt1._domainkey", value: "rwmt1.dkim.smtp.mailtrap.live" },
          { type: "CNAME", host: "rwmt2._domainkey", value: "rwmt2.dkim.smtp.mailtrap.live" },
        ],
        returnPath: { type: "CNAME", host: "<random>", value: "smtp.mailtrap.live" },
      },
      facts: [
        {
          fact: "Hosts live and bulk, user api, password = API token",
          source: `${documentation}/smtp-integration`,
          readOn,
        },
        {
          fact: "Ports 587, 25 and 2525 with STARTTLS. Of 465 the pages disagree, so it is not used",
          source: `${documentation}/faqs`,
          readOn,
        },
        {
          fact: "X-MT-Custom-Variables: flat JSON, 1,000 bytes",
          source: `${documentation}/advanced/custom-variables`,
          readOn,
        },
        {
          fact: "X-MT-Category: one, 255 characters",
          source: "https://github.com/mailtrap/mailtrap-openapi",
          readOn,
        },
        {
          fact: "10 connections an account, 100 messages on each; 10 MB a message, on request up to 30 MB",
          source: `${documentation}/setup/sending-limits`,
          readOn,
        },
      ],
      webhook: {
        configSchema: mailtrapWebhookConfigSchema,
        secretFields: ["signing_secrets"],
        load: async () => (await import("./webhook/index.js")).mailtrapWebhook,
      },
    },
    options,
  );
}

/** Mailtrap's sending product. */
export const mailtrapDefinition: MailtrapDefinition = createMailtrapDefinition();
