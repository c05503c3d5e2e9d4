import { setTimeout as delay } from "node:timers/promises";
import type { WebhookContent } from "@getfluxly/email-core";
import { defaultWebhookLimits } from "@getfluxly/email-core/webhook";
import type { HostServices } from "../host-services.js";
import { markProcessed, type StoredWebhookRequest } from "../storage/webhook-store.js";
import { applyEvent } from "./apply-event.js";
import { toStorableEvent } from "./to-storable-event.js";

export interface WebhookProcessor {
  /**
   * After the relay has its answer. Never rejects: what fails, as where two requests wait for each other in the database, is
   * tried again after a while; in the end it stays stored until the next start.
   */
  process(requestId: string): Promise<void>;
  /** What an earlier process received and did not finish. */
  resume(): Promise<void>;
  /** Resolves when nothing is under way. */
  settle(): Promise<void>;
}

const resumedAtATime = 50;
const confirmTimeoutMs = 10_000;
const retryDelaysMs = [1_000, 10_000, 60_000];

export function createWebhookProcessor(
  services: Pick<HostServices, "closing" | "database" | "log" | "registry" | "webhooks">,
): WebhookProcessor {
  const { closing, database, log, registry, webhooks } = services;
  const running = new Set<Promise<void>>();

  async function run(requestId: string): Promise<void> {
    const request = await webhooks.find(requestId);
    if (!request) return;
    const content = await parse(request);
    await database.transaction(async (transaction) => {
      for (const event of content.events) await applyEvent(transaction, request, toStorableEvent(event));
      await markProcessed(
        transaction,
        request.id,
        content.failures.map(({ index, code }) => ({ index, code })),
      );
    });
    if (content.failures.length > 0) {
      const codes = [...new Set(content.failures.map(({ code }) => code))];
      log.warn({ webhook_request: request.id, slug: request.slug, codes }, "webhook has unreadable items");
    }
    await control(request, content);
  }

  async function parse(request: StoredWebhookRequest): Promise<WebhookContent> {
    const { webhook } = await registry.load(request.slug);
    if (!webhook) throw new TypeError("The connector has no webhook any more.");
    const adapter = await webhook.load();
    const body = new Uint8Array(Buffer.from(request.body_base64, "base64"));
    return adapter.parse(
      { method: "POST", url: request.url, headers: request.headers, body },
      defaultWebhookLimits,
    );
  }

  /** The topic is one that the customer entered, or the request would not have been authentic. */
  async function control({ slug }: StoredWebhookRequest, { control: wanted }: WebhookContent): Promise<void> {
    if (wanted?.type !== "subscription-confirmation" || wanted.confirmUrl === undefined) return;
    const signal = AbortSignal.any([closing, AbortSignal.timeout(confirmTimeoutMs)]);
    const { status } = await fetch(wanted.confirmUrl, { redirect: "error", signal });
    log.info({ slug, topic: wanted.topicArn, status }, "webhook subscription confirmed");
  }

  /** Whether it is done. */
  async function attempt(requestId: string): Promise<boolean> {
    try {
      await run(requestId);
      return true;
    } catch (error) {
      // The name alone: an error of a parser may quote what it read.
      const name = error instanceof Error ? error.name : typeof error;
      log.error({ webhook_request: requestId, name }, "webhook not processed");
      return false;
    }
  }

  async function persist(requestId: string): Promise<void> {
    for (const delayMs of retryDelaysMs) {
      if (await attempt(requestId)) return;
      if (!(await delay(delayMs, true, { signal: closing, ref: false }).catch(() => false))) return;
    }
    await attempt(requestId);
  }

  return {
    process(requestId) {
      const work = persist(requestId).finally(() => running.delete(work));
      running.add(work);
      return work;
    },
    async resume() {
      const tried = new Set<string>();
      for (;;) {
        const waiting = (await webhooks.listUnprocessed(resumedAtATime + tried.size)).filter(
          (id) => !tried.has(id),
        );
        if (waiting.length === 0 || closing.aborted) return;
        for (const id of waiting) {
          tried.add(id);
          await attempt(id);
        }
      }
    },
    settle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
