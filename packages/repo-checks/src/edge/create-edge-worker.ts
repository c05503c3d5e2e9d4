import type { EdgeSample } from "@getfluxly/email-conformance/webhooks";
import { receiveWebhook } from "@getfluxly/email-core/webhook";

/** What the worker says of its sample. */
export interface SampleVerdict {
  readonly outcome: string;
  readonly events: readonly unknown[];
  readonly failures: readonly unknown[];
  readonly foreignOutcome: string;
  readonly error: string | undefined;
}

/** What is sent to `/parse`. */
export interface ParseTask {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** A worker around one adapter: `/sample` verifies and reads its sample, `/parse` reads what is posted. */
export function createEdgeWorker<Config>(createEdgeSample: () => Promise<EdgeSample<Config>>): {
  fetch(request: Request): Promise<Response>;
} {
  return {
    async fetch(request) {
      const sample = await createEdgeSample();
      if (new URL(request.url).pathname === "/sample") return Response.json(await receive(sample));
      const task: ParseTask = await request.json();
      const { adapter } = sample;
      return Response.json(await adapter.parse({ ...task, body: new TextEncoder().encode(task.body) }));
    },
  };
}

async function receive<Config>(sample: EdgeSample<Config>): Promise<SampleVerdict> {
  const { adapter, now, headers, body, fetch } = sample;
  const send = (config: Config) =>
    receiveWebhook({
      adapter,
      request: new Request("https://example.com/webhook", {
        method: "POST",
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        body,
      }),
      ...{ config, now, fetch, replayStore: null },
    });
  const [own, foreign] = [await send(sample.config), await send(sample.foreignConfig)];
  const content = own.outcome === "received" ? await own.parse() : { events: [], failures: [] };
  const error = "error" in own ? String(own.error) : undefined;
  return { outcome: own.outcome, ...content, foreignOutcome: foreign.outcome, error };
}
