import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import type { DelayProxyOptions } from "../delay-proxy/delay-proxy.js";
import { forkProgram } from "../processes/fork-program.js";
import type { Workshop } from "../processes/workshop.js";
import type { Scenario } from "../scenarios/scenario.js";
import type { Sink } from "../sinks/sink.js";
import { startPostfixSink } from "../sinks/start-postfix-sink.js";
import { startSmtpSink } from "../sinks/start-smtp-sink.js";
import { startTlsSink } from "../sinks/start-tls-sink.js";
import type { Relay } from "./relay.js";

export const relayNames = ["localhost", "127.0.0.1"];

/** All that stands behind the port of a scenario, in processes of their own. */
export async function startRelay(
  scenario: Pick<Scenario, "server" | "tls" | "roundTripMs">,
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<Relay> {
  const sink = await startSink(scenario, authority, workshop);
  const relay = await delay(sink, scenario.roundTripMs, workshop);
  return { ...relay, certificateAuthority: authority.certificate };
}

function startSink(
  { server, tls }: Pick<Scenario, "server" | "tls">,
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<Sink> {
  if (server === "postfix") return startPostfixSink(workshop);
  if (tls === "none") return startSmtpSink(workshop);
  return startTlsSink(workshop, { tls, ...authority.issue({ names: relayNames }) });
}

/** The sink, its port so far away. */
export async function delay(sink: Sink, roundTripMs: number, workshop: Workshop): Promise<Sink> {
  if (roundTripMs === 0) return sink;
  const options: DelayProxyOptions = { targetPort: sink.port, roundTripMs };
  const proxy = workshop.own(forkProgram("run-delay-proxy", options));
  return {
    port: await proxy.next<number>(),
    processId: sink.processId,
    received: sink.received,
    async stop() {
      await proxy.stop();
      await sink.stop();
    },
  };
}
