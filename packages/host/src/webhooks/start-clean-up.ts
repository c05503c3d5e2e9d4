import type { HostLog } from "../host-log.js";
import type { WebhookStore } from "../storage/webhook-store.js";

export interface CleanUp {
  /** Ends it, and resolves when nothing is under way. */
  stop(): Promise<void>;
}

const oneHourMs = 3_600_000;

/** Now, and again every hour: requests that were processed are kept for a while, to look at, and not for ever. */
export function startCleanUp(
  {
    log,
    webhooks,
  }: { readonly log: Pick<HostLog, "error">; readonly webhooks: Pick<WebhookStore, "removeExpired"> },
  everyMs = oneHourMs,
): CleanUp {
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= webhooks
      .removeExpired()
      .catch((error: unknown) => {
        log.error({ name: error instanceof Error ? error.name : typeof error }, "webhooks not cleaned up");
      })
      .finally(() => {
        running = undefined;
      });
  };
  run();
  const timer = setInterval(run, everyMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
