import type { ConfigSchema } from "@getfluxly/email-core";
import { definePreset, type PresetDefinition, type PresetOptions } from "@getfluxly/email-custom-smtp/preset";
import { type AmazonSesConfig, amazonSesConfig } from "./amazon-ses-config.js";
import { amazonSesMessageOptions } from "./amazon-ses-message-options.js";
import { amazonSesWebhookDefinition } from "./amazon-ses-webhook-definition.js";
import { toHeaders } from "./to-headers.js";
import type { AmazonSesWebhookConfig } from "./webhook/index.js";

export type { AmazonSesConfig };

const guide = "https://docs.aws.amazon.com/ses/latest/dg";
/** The guide as Amazon published its source until June 2023. */
const guideSource = "https://github.com/awsdocs/amazon-ses-developer-guide/blob/main/doc-source";

/** Amazon SES, used as the operator wants. */
export function createAmazonSesDefinition(
  options: PresetOptions = {},
): PresetDefinition<"ses", ConfigSchema<AmazonSesConfig>, ConfigSchema<AmazonSesWebhookConfig>> {
  return definePreset(
    {
      id: "ses",
      displayName: "Amazon SES",
      documentationUrl: `${guide}/send-email-smtp.html`,
      configSchema: amazonSesConfig,
      secretFields: ["password"],
      connection: ({ region, username, password }) => ({
        host: `email-smtp.${region}.amazonaws.com`,
        port: 587,
        fallbackPorts: [2587],
        tlsMode: "starttls",
        username,
        password,
      }),
      credentialSteps: [
        "Open Amazon SES in the AWS console, and choose the region in which your domain is verified.",
        "Open SMTP settings and choose Create SMTP credentials; IAM makes a user that can only send.",
        "Copy the SMTP user name (AKIA...) and the SMTP password (44 characters, shown once).",
        "The password works in this region only, and is not the secret access key: for another region create other credentials.",
      ],
      // SES states no number of message tags; these keep the header and the events small.
      limits: { tags: 10, metadata: 30, recipients: 50 },
      messageOptions: amazonSesMessageOptions,
      headers: toHeaders,
      relayMessageId: /^(?:2\.\d\.\d )?Ok ([\da-f]{16}-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-\d{6})$/i,
      replies: [
        {
          pattern: /^535 .*not subscribed/i,
          code: "relay-refused",
          remedy: "The account does not use Amazon SES yet: open it in the AWS console, in this region.",
        },
        {
          pattern: /^554 .*address is not verified/i,
          code: "sender-refused",
          remedy:
            "Verify the domain of from_email in this very region. While the account is in the sandbox, recipients have to be verified too.",
        },
        {
          pattern: /^554 .*mail from domain/i,
          code: "sender-refused",
          remedy: "Repair the MX record of the custom MAIL FROM domain, or let SES fall back to its own.",
        },
        {
          pattern: /^554 access denied/i,
          code: "relay-refused",
          remedy: "Let the IAM user of these credentials do ses:SendRawEmail for the domain of from_email.",
        },
      ],
      // SES ends connections that wait; how long, it does not say.
      delivery: { maxConnections: 5, maxMessagesPerConnection: 50, idleTimeoutMs: 5_000 },
      domainRecords: {
        source: `${guideSource}/mail-from.md`,
        verifiedOn: "2026-10-31",
        // On the custom MAIL FROM domain, and only there.
        spf: { include: "amazonses.com", need: "conditional" },
        dkim: ["<token 1>", "<token 2>", "<token 3>"].map((token) => ({
          type: "CNAME",
          host: `${token}._domainkey`,
          value: `${token}.dkim.amazonses.com`,
        })),
        returnPath: { type: "MX", host: "<sub-domain>", value: "feedback-smtp.<region>.amazonses.com" },
      },
      facts: [
        {
          fact: "email-smtp.<region>.amazonaws.com; 25, 587, 2587 with STARTTLS, 465 and 2465 with TLS; TLS 1.2 or newer",
          source: `${guideSource}/smtp-connect.md`,
          readOn: "2026-10-31",
        },
        {
          fact: "SMTP passwords are derived from a secret access key for one region",
          source: `${guideSource}/smtp-credentials.md`,
          readOn: "2026-10-31",
        },
        {
          fact: "X-SES-CONFIGURATION-SET and X-SES-MESSAGE-TAGS; names and values of 256 letters, digits, _ and -",
          source: `${guideSource}/event-publishing-send-email.md`,
          readOn: "2026-10-31",
        },
        {
          fact: "X-SES-LIST-MANAGEMENT-OPTIONS: one recipient, Easy DKIM, replaces List-Unsubscribe",
          source: `${guideSource}/sending-email-list-management.md`,
          readOn: "2026-10-31",
        },
        { fact: "50 recipients a message", source: `${guideSource}/quotas.md`, readOn: "2026-10-31" },
      ],
      webhook: amazonSesWebhookDefinition,
    },
    options,
  );
}

/** Amazon SES. */
export const amazonSesDefinition: ReturnType<typeof createAmazonSesDefinition> = createAmazonSesDefinition();
