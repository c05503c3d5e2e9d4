import { type AddressInfo, createServer, type Socket } from "node:net";

/** What the relay does with a command line: these exact octets, or anything with the socket. */
export type Answer = string | ((socket: Socket) => void);

export interface ScriptedRelay extends AsyncDisposable {
  readonly port: number;
  /** Every octet received, of all connections. */
  received(): string;
  connections(): number;
  /** Resolves when no connection is open any more. */
  allClosed(): Promise<void>;
}

/**
 * A relay that says exactly what it is told to, for what a real server would never say. `answer` gets each line the
 * client sends; undefined means silence.
 */
export async function startScriptedRelay(script: {
  readonly greeting?: Answer | undefined;
  readonly answer?: (line: string, state: { content: boolean }) => Answer | undefined;
}): Promise<ScriptedRelay> {
  const received: Buffer[] = [];
  const open = new Set<Socket>();
  let count = 0;
  const waiting: (() => void)[] = [];

  const server = createServer((socket) => {
    count += 1;
    open.add(socket);
    // So that two writes are two packets.
    socket.setNoDelay(true);
    socket
      .on("error", () => undefined)
      .on("close", () => {
        open.delete(socket);
        if (open.size === 0) for (const resolve of waiting.splice(0)) resolve();
      });
    const state = { content: false };
    const act = (answer: Answer | undefined) => {
      if (typeof answer === "string") socket.write(answer);
      else answer?.(socket);
    };
    act(script.greeting === undefined ? "220 relay.test ESMTP\r\n" : script.greeting);
    let rest = "";
    socket.on("data", (chunk) => {
      received.push(chunk);
      rest += chunk.toString("latin1");
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        act(script.answer?.(line, state));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    received: () => Buffer.concat(received).toString("latin1"),
    connections: () => count,
    allClosed: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The usual answers of a relay without TLS and AUTH, to override one at a time by command word. */
export function usualAnswers(overrides: Record<string, Answer> = {}) {
  const extensions = "250-relay.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n";
  const usual: Record<string, Answer> = {
    EHLO: extensions,
    MAIL: "250 2.1.0 Ok\r\n",
    RCPT: "250 2.1.5 Ok\r\n",
    DATA: "354 Go\r\n",
    ".": "250 2.0.0 Ok: queued as TEST1\r\n",
    RSET: "250 2.0.0 Ok\r\n",
    QUIT: (socket) => socket.end("221 2.0.0 Bye\r\n"),
  };
  const answers = { ...usual, ...overrides };
  return (line: string, state: { content: boolean }): Answer | undefined => {
    if (state.content && line !== ".") return answers["<content>"];
    const word = line === "." ? "." : (line.split(/[ :]/)[0] ?? "").toUpperCase();
    if (word === "DATA") state.content = !/^[45]/.test(String(answers[word]));
    if (word === ".") state.content = false;
    return answers[word] ?? "500 5.5.1 Unknown\r\n";
  };
}
