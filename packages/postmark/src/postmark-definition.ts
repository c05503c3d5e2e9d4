import type { ConfigSchema } from "@getfluxly/email-core";
import type { SharedSecretConfig } from "@getfluxly/email-core/webhook";
import {
  accessField,
  definePreset,
  type PresetDefinition,
  type PresetOptions,
  sharedSecretWebhook,
} from "@getfluxly/email-custom-smtp/preset";
import * as z from "zod";
import { postmarkMessageOptions } from "./postmark-message-options.js";
import { toConnection } from "./to-connection.js";
import { toHeaders } from "./to-headers.js";

/** What a user writes. */
export interface PostmarkConfig {
  /** The Server API token; or an SMTP token, its access key and secret key joined by a colon. */
  readonly server_token: string;
}

const smtpGuide = "https://postmarkapp.com/developer/user-guide/send-email-with-smtp";

const configSchema: ConfigSchema<PostmarkConfig> = z.strictObject({
  server_token: accessField({
    title: "Server API token",
    description:
      "In Postmark: your server, API Tokens. The account's token looks the same and cannot send. For a broadcast stream: its SMTP token, as access-key:secret-key.",
    lookAlikes: [
      [/@/, "Is an e-mail address: Postmark wants the Server API token, not the login of its website."],
      [
        /^PM-[TB]-[^:]*$/,
        "Is the access key of an SMTP token, without its secret key: enter both as access-key:secret-key, or use the Server API token.",
      ],
    ],
  }),
});

/** Postmark, used as the operator wants. */
export function createPostmarkDefinition(
  options: PresetOptions = {},
): PresetDefinition<"postmark", ConfigSchema<PostmarkConfig>, ConfigSchema<SharedSecretConfig>> {
  return definePreset(
    {
      id: "postmark",
      displayName: "Postmark",
      documentationUrl: smtpGuide,
      configSchema,
      secretFields: ["server_token"],
      connection: ({ server_token }) => toConnection(server_token),
      credentialSteps: [
        "Log in at account.postmarkapp.com and open your server (not the account).",
        "Open API Tokens and copy the Server API token.",
        "See under Settings of the server that sending over SMTP is on.",
      ],
      limits: { tags: 1, metadata: 10, recipients: 50, messageBytes: 10_000_000 },
      messageOptions: postmarkMessageOptions,
      headers: toHeaders,
      // The reply names a queue id, which is in no webhook.
      relayMessageId: null,
      delivery: { maxConnections: 5, maxMessagesPerConnection: 100 },
      domainRecords: {
        source: "https://postmarkapp.com/developer/api/domains-api",
        verifiedOn: "2026-10-31",
        // Postmark's own envelope domain passes SPF without it.
        spf: { include: "spf.mtasv.net", need: "legacy" },
        dkim: [{ type: "TXT", host: "<date>pm._domainkey" }],
        returnPath: { type: "CNAME", host: "pm-bounces", value: "pm.mtasv.net" },
      },
      facts: [
        {
          fact: "Hosts, ports (25, 587, 2525; no 465), both kinds of token",
          source: smtpGuide,
          readOn: "2026-10-31",
        },
        {
          fact: "X-PM-* headers; 1 tag; 10 metadata fields of 20 and 80 characters",
          source: smtpGuide,
          readOn: "2026-10-31",
        },
        {
          fact: "50 recipients, 10 MB in all, 5 MB a body, forbidden attachments",
          source: "https://postmarkapp.com/developer/api/email-api",
          readOn: "2026-10-31",
        },
        {
          fact: "No more than 10 connections at the same time, as a recommendation",
          source: "https://postmarkapp.com/support/article/do-we-have-rate-limits-for-smtp",
          readOn: "2026-10-31",
        },
      ],
      webhook: sharedSecretWebhook(async () => (await import("./webhook/index.js")).postmarkWebhook),
    },
    options,
  );
}

/** Postmark. */
export const postmarkDefinition: ReturnType<typeof createPostmarkDefinition> = createPostmarkDefinition();
