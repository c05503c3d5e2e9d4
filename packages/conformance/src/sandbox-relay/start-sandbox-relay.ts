import { createServer, type Socket } from "node:net";
import { acceptConnection } from "./accept-connection.js";
import type { CapturedMessage } from "./captured-message.js";
import { checkOptions } from "./check-options.js";
import { createConnectionRecorder } from "./connection-recorder.js";
import { createSmtpServer, type Sessions } from "./create-smtp-server.js";
import type { Fault } from "./fault.js";
import { createFaultScript } from "./fault-script.js";
import { sharedCertificateAuthority } from "./relay-certificate.js";
import type { RelayContext } from "./relay-context.js";
import type { SandboxConnection } from "./sandbox-connection.js";
import type { SandboxRelay } from "./sandbox-relay.js";
import type { SandboxRelayOptions } from "./sandbox-relay-options.js";
import { createSocketHops } from "./socket-hop.js";
import { createWaitList } from "./wait-list.js";

const defaultTimeoutMs = 5000;

/**
 * Starts an SMTP server on loopback that keeps what it gets and fails where it is told to. It logs nothing, writes nothing to
 * disk and delivers nothing. Rejects when the port is taken; throws a TypeError for options that contradict themselves.
 */
export async function startSandboxRelay(options: SandboxRelayOptions = {}): Promise<SandboxRelay> {
  checkOptions(options);
  const { tls = "starttls", host = "127.0.0.1" } = options;
  const users = options.users ?? { sandbox: "sandbox-password" };
  const messages: CapturedMessage[] = [];
  const connections: SandboxConnection[] = [];
  const sockets = new Set<Socket>();
  const waiting = createWaitList();
  const sessions: Sessions = new WeakMap();
  const context: RelayContext = {
    options,
    server: createSmtpServer(options, users, sessions),
    sessions,
    script: createFaultScript({
      faults: options.faults ?? [],
      permanent: starttlsFaults(options),
      onMet: waiting.check,
    }),
    capture: (message) => {
      messages.push(message);
      waiting.check();
    },
    // Last, since it listens: what throws before it leaves nothing behind.
    hops: await createSocketHops(host),
  };

  let accepted = 0;
  const listener = createServer({ noDelay: true, pauseOnConnect: true }, (transport) => {
    accepted += 1;
    sockets.add(transport);
    transport.once("close", () => sockets.delete(transport));
    const recorder = createConnectionRecorder(accepted, transport, waiting.check);
    connections.push(recorder.connection);
    waiting.check();
    void acceptConnection({ ...context, transport, recorder });
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject).listen(options.port ?? 0, host, resolve);
  }).catch(async (error: unknown) => {
    await context.hops.close();
    throw error;
  });
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("The relay has no port.");

  let closing: Promise<void> | undefined;
  const openConnectionCount = (): number => connections.filter((connection) => connection.open).length;
  const stop = async (): Promise<void> => {
    const stopped = new Promise<void>((resolve) => {
      listener.close(() => resolve());
    });
    for (const socket of sockets) socket.destroy();
    await Promise.all([stopped, context.hops.close(), ...connections.map(({ closed }) => closed)]);
    waiting.close("The sandbox relay was closed.");
  };
  const relay: SandboxRelay = {
    host,
    port: address.port,
    tls,
    certificateAuthority: sharedCertificateAuthority().certificate,
    users,
    messages,
    connections,
    get openConnectionCount() {
      return openConnectionCount();
    },
    waitForMessages: async (count, { timeoutMs = defaultTimeoutMs } = {}) => {
      const describe = () => `Expected ${count} messages, ${messages.length} came`;
      await waiting.until(() => messages.length >= count, timeoutMs, describe);
      return messages;
    },
    waitForConnections: async (count, { timeoutMs = defaultTimeoutMs } = {}) => {
      const describe = () => `Expected ${count} connections, ${connections.length} came`;
      await waiting.until(() => connections.length >= count, timeoutMs, describe);
      return connections;
    },
    waitForNoConnections: ({ timeoutMs = defaultTimeoutMs } = {}) => {
      const describe = () => `Expected no open connection, ${openConnectionCount()} are open`;
      return waiting.until(() => openConnectionCount() === 0, timeoutMs, describe);
    },
    waitForFault: (at, { timeoutMs = defaultTimeoutMs, count = 1 } = {}) => {
      const met = () => context.script.metCount(at);
      return waiting.until(
        () => met() >= count,
        timeoutMs,
        () => `Expected the fault at "${at}" to be met ${count} times, it was ${met()} times`,
      );
    },
    setFaults: (faults) => context.script.replace(faults),
    clear: () => {
      messages.length = 0;
      connections.splice(0, connections.length, ...connections.filter((connection) => connection.open));
    },
    close: () => {
      closing ??= stop();
      return closing;
    },
    [Symbol.asyncDispose]: () => relay.close(),
  };
  return relay;
}

/** The TLS options that are faults in disguise. */
function starttlsFaults({ starttls }: SandboxRelayOptions): Fault[] {
  if (starttls === "refused") {
    return [{ at: "starttls", do: { reply: "454 4.7.0 TLS not available due to temporary reason" } }];
  }
  if (starttls === "injected") {
    return [{ at: "starttls", do: { extra: "250-sandbox-relay.test\r\n250 AUTH PLAIN LOGIN\r\n" } }];
  }
  return [];
}
