import type { AnyProviderDefinition } from "@getfluxly/email-core";
import { defaultWebhookLimits, type Reception, receiveWebhook } from "@getfluxly/email-core/webhook";
import type { HostServices } from "../host-services.js";
import type { StoredEmailProvider } from "../storage/email-provider-store.js";
import type { WebhookClaim } from "../storage/webhook-store.js";
import { readOctets } from "./read-octets.js";
import { openWebhookConfig } from "./webhook-config.js";

export interface ReceivedWebhook {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the stored request, if it was one to store. */
  readonly requestId?: string | undefined;
  /** For the log. */
  readonly outcome: Reception["outcome"];
  readonly reason?: string | undefined;
}

/**
 * One request of a relay: verified with the settings of each provider that uses this connector in the project, stored under
 * the one that fits, and then answered. Nothing of it is believed before.
 */
export async function receiveProjectWebhook(
  services: HostServices,
  definition: AnyProviderDefinition,
  candidates: readonly StoredEmailProvider[],
  request: Request,
): Promise<ReceivedWebhook> {
  const { webhook } = definition;
  if (!webhook) throw new TypeError("The connector has no webhook.");
  // Whether anybody is here can be answered before any key has been entered.
  if (request.method === "GET" || request.method === "HEAD") {
    return { status: 200, headers: {}, outcome: "probe" };
  }
  const adapter = await webhook.load();
  const input = {
    method: request.method,
    url: request.url,
    headers: [...request.headers],
    body: await readOctets(request, defaultWebhookLimits.bytes),
  };
  let refusal: ReceivedWebhook | undefined;
  for (const stored of candidates) {
    const config = await openWebhookConfig(services, stored, definition);
    // The relay is told to try again: by then its key may have been entered.
    if (config === undefined) {
      refusal ??= {
        status: adapter.answers.unavailable,
        headers: {},
        outcome: "unavailable",
        reason: "no key",
      };
      continue;
    }
    let requestId: string | undefined;
    let claim: WebhookClaim | undefined;
    const reception = await receiveWebhook({
      adapter,
      request: input,
      // Checked by the schema when it was stored.
      config: config as never,
      // Only noted here, and held together with what is stored: a replay is then one that is answered and not stored.
      replayStore: {
        claim: async (key, ttlSeconds) => {
          claim = { key: `${stored.id}|${key}`, ttlSeconds };
          return true;
        },
        release: async () => undefined,
      },
      store: async ({ authenticity }) => {
        const kept = {
          workspace_id: stored.workspace_id,
          project_id: stored.project_id,
          email_provider_id: stored.id,
          slug: definition.id,
          proof: authenticity.proof,
          url: new URL(request.url).pathname,
          headers: toKept(input.headers),
          body_base64: Buffer.from(input.body).toString("base64"),
        };
        requestId = await services.webhooks.insert(kept, claim);
      },
    });
    const answer = {
      status: reception.status,
      headers: reception.headers,
      outcome: reception.outcome,
      requestId,
    };
    if (reception.outcome !== "refused" && reception.outcome !== "unavailable") return answer;
    const { error } = reception;
    const reason = error instanceof Error && "reason" in error ? String(error.reason) : "internal";
    if (reception.outcome === "unavailable" || !refusal) refusal = { ...answer, reason };
  }
  if (refusal) return refusal;
  throw new TypeError("No provider was given.");
}

/** What parsing needs; credentials are not kept. */
function toKept(headers: readonly (readonly [string, string])[]): [string, string][] {
  return headers
    .filter(([name]) => /^(?:content-type|svix-id|webhook-id|x-amz-sns-[\w-]+|user-agent)$/i.test(name))
    .map(([name, value]) => [name, value]);
}
