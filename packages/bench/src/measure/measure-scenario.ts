import { setTimeout as delay } from "node:timers/promises";
import type { ClientName } from "../clients/client-name.js";
import type { ClientResult } from "../clients/client-task.js";
import { readCpuSeconds } from "../processes/read-cpu-seconds.js";
import type { Workshop } from "../processes/workshop.js";
import type { Scenario } from "../scenarios/scenario.js";
import { type OpenLibrary, openLibrary } from "./open-library.js";
import type { Relay } from "./relay.js";
import { runSmtpSource } from "./run-smtp-source.js";

export interface Pace {
  readonly rounds: number;
  /** Of one run, without its warm-up; a run over a long way takes twice as long. */
  readonly measuredMs: number;
  /** Before the first run of a client, which is one process for all rounds; over a long way a third of it. */
  readonly warmUpMs: number;
}

/** A run of a client, and what it took of the server. */
export interface RoundResult extends ClientResult {
  /** User and system, of all its processes; the messages of the warm-up included. */
  readonly serverCpuSecondsPer1000: number;
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  /** One result for each round, for each client of the scenario. */
  readonly results: Readonly<Partial<Record<ClientName, readonly RoundResult[]>>>;
}

const countTimeoutMs = 10_000;
const pilotSeconds = 0.2;
/** Before a further run: connections that were idle too long open again. */
const furtherWarmUpMs = 300;

/** Round by round, in each the clients one after the other: A B C, A B C. Each library is one process, which waits in between. */
export async function measureScenario(
  scenario: Scenario,
  pace: Pace,
  relay: Relay,
  workshop: Workshop,
): Promise<ScenarioResult> {
  const { connections, kind, roundTripMs } = scenario;
  const measuredMs = roundTripMs > 0 ? 2 * pace.measuredMs : pace.measuredMs;
  const warmUpMs = roundTripMs > 0 ? pace.warmUpMs / 3 : pace.warmUpMs;
  const minimum = 4 * connections;
  const opened = new Map<ClientName, OpenLibrary>();
  let sourceRate: number | undefined;

  const runSource = (messages: number) =>
    counted(relay, () => runSmtpSource({ port: relay.port, connections, kind, messages }, workshop));

  async function run(client: ClientName): Promise<RoundResult> {
    if (client === "smtp-source") {
      // It has to be told how many: first find out how fast it is.
      sourceRate ??= await findRate(connections, runSource);
      const result = await runSource(Math.ceil((sourceRate * measuredMs) / 1000));
      sourceRate = result.messages / result.elapsedSeconds;
      return result;
    }
    const known = opened.get(client);
    const library = known ?? openLibrary(client, toTask(scenario, relay), workshop);
    opened.set(client, library);
    return counted(relay, () =>
      library.measure({
        warmUp: { ms: known ? furtherWarmUpMs : warmUpMs, minimum },
        measured: { ms: measuredMs, minimum },
      }),
    );
  }

  const results: Partial<Record<ClientName, RoundResult[]>> = {};
  for (let round = 0; round < pace.rounds; round++) {
    for (const client of scenario.clients) {
      try {
        results[client] = [...(results[client] ?? []), await run(client)];
      } catch (cause) {
        throw new Error(`${client} failed in "${scenario.name}"`, { cause });
      }
    }
  }
  for (const library of opened.values()) await library.stop();
  return { scenario, results };
}

function toTask({ tls, connections, kind }: Scenario, { port, certificateAuthority }: Relay) {
  return { port, tls, certificateAuthority, connections, kind, budgets: null, sampleMemoryEveryMs: 0 };
}

async function findRate(
  connections: number,
  run: (messages: number) => Promise<ClientResult>,
): Promise<number> {
  for (let messages = 4 * connections; ; messages *= 4) {
    const { elapsedSeconds } = await run(messages);
    if (elapsedSeconds >= pilotSeconds) return messages / elapsedSeconds;
  }
}

/** Rejects unless the relay got exactly the messages that the client says it sent. */
async function counted(relay: Relay, run: () => Promise<ClientResult>): Promise<RoundResult> {
  const cpuBefore = readCpuSeconds(relay.processId);
  const before = await relay.received();
  const result = await run();
  const deadline = Date.now() + countTimeoutMs;
  for (;;) {
    const received = (await relay.received()) - before;
    if (received === result.messagesInAll) {
      const serverCpuSeconds = readCpuSeconds(relay.processId) - cpuBefore;
      return { ...result, serverCpuSecondsPer1000: (serverCpuSeconds / received) * 1000 };
    }
    if (received > result.messagesInAll || Date.now() > deadline) {
      throw new Error(`${result.messagesInAll} messages were sent, but ${received} received`);
    }
    await delay(20);
  }
}
