import { definePreset, type PresetDefinition, type PresetOptions } from "@getfluxly/email-custom-smtp/preset";
import { type SendGridConfigSchema, sendgridConfigSchema } from "./sendgrid-config-schema.js";
import { sendgridMessageOptions } from "./sendgrid-message-options.js";
import {
  type SendGridWebhookConfigSchema,
  sendgridWebhookConfigSchema,
} from "./sendgrid-webhook-config-schema.js";
import { toSendGridConnection } from "./to-sendgrid-connection.js";
import { toSendGridHeaders } from "./to-sendgrid-headers.js";

type SendGridDefinition = PresetDefinition<"sendgrid", SendGridConfigSchema, SendGridWebhookConfigSchema>;

const documentation = "https://www.twilio.com/docs/sendgrid";
const smtpGuide = `${documentation}/for-developers/sending-email/integrating-with-the-smtp-api`;
const headerGuide = `${documentation}/for-developers/sending-email/building-an-x-smtpapi-header`;
const domainGuide = `${documentation}/ui/account-and-settings/how-to-set-up-domain-authentication`;
const readOn = "2026-10-31";

/** SendGrid, used as the operator wants. */
export function createSendGridDefinition(options?: PresetOptions): SendGridDefinition {
  return definePreset(
    {
      id: "sendgrid",
      displayName: "SendGrid",
      documentationUrl: smtpGuide,
      configSchema: sendgridConfigSchema,
      secretFields: ["api_key"],
      connection: toSendGridConnection,
      credentialSteps: [
        "Log in at app.sendgrid.com and open Settings > API Keys.",
        "Choose Create API Key, then Restricted Access, and give it Mail Send and nothing else.",
        "Copy the key, which begins with SG. and is shown once.",
        "A key of a subuser that is pinned to the EU works in region eu only, and every other key in region global only.",
      ],
      // Nothing is documented about the number of unique arguments: as many as the SDK takes, and `gf_id`.
      limits: { tags: 10, metadata: 101, recipients: 1_000, messageBytes: 30 * 1024 * 1024 },
      messageOptions: sendgridMessageOptions,
      headers: toSendGridHeaders,
      // The same text stands before the first dot of `sg_message_id`.
      relayMessageId: /^Ok: queued as ([\w-]+)$/i,
      replies: [
        {
          // A temporary code for what no retry can change.
          pattern: /^451 .*maximum credits exceeded/i,
          code: "relay-refused",
          remedy: "The plan's mails are used up: take a larger plan, or wait until it renews.",
        },
        {
          pattern: /^5\d\d .*(?:verified sender identity|not authorized to send from)/i,
          code: "sender-refused",
          remedy:
            "Authenticate the domain of from_email, or verify the address, under Settings > Sender Authentication of this very account.",
        },
      ],
      delivery: { maxConnections: 10, maxMessagesPerConnection: 1_000 },
      domainRecords: {
        source: domainGuide,
        verifiedOn: readOn,
        // With automated security, the default, SPF is that of `em<digits>`, a CNAME.
        spf: { include: "sendgrid.net", need: "conditional" },
        dkim: [
          { type: "CNAME", host: "s1._domainkey", value: "s1.domainkey.u<id>.wl<number>.sendgrid.net" },
          { type: "CNAME", host: "s2._domainkey", value: "s2.domainkey.u<id>.wl<number>.sendgrid.net" },
        ],
        returnPath: { type: "CNAME", host: "em<digits>", value: "u<id>.wl<number>.sendgrid.net" },
      },
      facts: [
        { fact: "Host, ports 25, 587, 2525 and 465, user name apikey", source: smtpGuide, readOn },
        {
          fact: "10 categories of 7-bit ASCII, unique_args of 10,000 bytes, reserved names, ip_pool, asm_group_id, filters",
          source: headerGuide,
          readOn,
        },
        {
          fact: "5,000 messages a connection; 1,000 recipients as a recommendation",
          source: smtpGuide,
          readOn,
        },
        {
          fact: "30 MB a message, as EHLO announces (SIZE 31457280); an older page advises 20 MB",
          source: `${documentation}/for-developers/sending-email/getting-started-smtp`,
          readOn,
        },
        {
          fact: "The id in the reply, 250 Ok: queued as, is the beginning of sg_message_id",
          source: `${documentation}/for-developers/tracking-events/event`,
          readOn,
        },
        {
          fact: "smtp.eu.sendgrid.net, for keys of a subuser that is pinned to the EU",
          source: `${documentation}, on regional sending`,
          readOn,
        },
      ],
      webhook: {
        configSchema: sendgridWebhookConfigSchema,
        // Public keys are no secret.
        secretFields: [],
        load: async () => (await import("./webhook/index.js")).sendgridWebhook,
      },
    },
    options,
  );
}

/** SendGrid. */
export const sendgridDefinition: SendGridDefinition = createSendGridDefinition();
