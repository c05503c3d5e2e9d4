import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import type { ClientName } from "../clients/client-name.js";
import { programOf } from "../measure/program-of.js";
import { runLibrary } from "../measure/run-library.js";
import { runSmtpSource } from "../measure/run-smtp-source.js";
import { delay, relayNames } from "../measure/start-relay.js";
import { createBenchMessage } from "../messages/bench-message.js";
import type { Workshop } from "../processes/workshop.js";
import type { Scenario } from "../scenarios/scenario.js";
import { startOwnSink } from "../sinks/own-sink.js";
import { findDamage } from "./find-damage.js";
import { parseContent } from "./parse-content.js";

export interface Intactness {
  readonly client: ClientName;
  readonly messages: number;
  readonly damage: readonly string[];
}

/**
 * Has every client of a scenario send a sample the same way as in the measurement, into a sink that keeps what it
 * gets, and compares. For a scenario with Postfix, which throws everything away, the sink stands in.
 */
export async function checkIntactness(
  scenario: Scenario,
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<Intactness[]> {
  const { kind, connections, tls } = scenario;
  const certificate = authority.issue({ names: relayNames });
  const keeper = await startOwnSink({ tls, ...certificate, keepsContent: true });
  const sink = {
    port: keeper.port,
    processId: process.pid,
    received: async () => keeper.count(),
    stop: () => keeper.close(),
  };
  const { port, stop } = workshop.own(await delay(sink, scenario.roundTripMs, workshop));
  const messages = 4 * connections;

  async function send(client: ClientName): Promise<void> {
    if (client === "smtp-source") {
      await runSmtpSource({ port, connections, kind, messages }, workshop);
      return;
    }
    const { program, variant } = programOf(client);
    const trust = { certificateAuthority: authority.certificate };
    const budgets = { warmUp: null, measured: { messages } };
    const task = { variant, port, tls, ...trust, connections, kind, budgets, sampleMemoryEveryMs: 0 };
    await runLibrary({ program, task });
  }

  const found: Intactness[] = [];
  for (const client of scenario.clients) {
    await send(client);
    const received = await Promise.all(keeper.takeContents().map(parseContent));
    // smtp-source sends the same message all the time.
    const sent = Array.from({ length: messages }, (_, index) =>
      createBenchMessage(kind, client === "smtp-source" ? 0 : index),
    );
    found.push({ client, messages, damage: findDamage(sent, received) });
  }
  await stop();
  return found;
}
