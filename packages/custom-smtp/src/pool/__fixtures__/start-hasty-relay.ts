import { type AddressInfo, createServer } from "node:net";

/**
 * How a relay that announces PIPELINING copes with commands in the packet of the final dot: not at all. It throws them away;
 * it answers them but not the message; it calls them out of order; it closes, before or after it has answered the message.
 */
export type Haste =
  | "discards"
  | "skips-an-answer"
  | "refuses-with-503"
  | "refuses-with-554"
  | "closes"
  | "answers-and-closes";

export interface HastyRelay extends AsyncDisposable {
  readonly port: number;
  received(): string;
  connections(): number;
}

export async function startHastyRelay(haste: Haste): Promise<HastyRelay> {
  const received: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined).write("220 relay.test\r\n");
    let isContent = false;
    let rest = "";
    socket.on("data", (chunk) => {
      received.push(chunk.toString("latin1"));
      rest += chunk.toString("latin1");
      let isEarly = false;
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (isContent) {
          if (line !== ".") continue;
          isContent = false;
          isEarly = rest !== "";
          if (isEarly && haste === "closes") return socket.destroy();
          if (!isEarly || haste !== "skips-an-answer") socket.write("250 2.0.0 Ok: queued\r\n");
          if (isEarly && haste === "answers-and-closes") return socket.end();
          if (isEarly && haste === "discards") rest = "";
          continue;
        }
        const word = (line.split(/[ :]/)[0] ?? "").toUpperCase();
        const refusal = {
          "refuses-with-503": "503 5.5.1 Bad sequence",
          "refuses-with-554": "554 Synchronisation error",
        };
        if (isEarly && haste in refusal) {
          socket.write(`${refusal[haste as keyof typeof refusal]}\r\n`);
          continue;
        }
        if (word === "EHLO") socket.write("250-relay.test\r\n250 PIPELINING\r\n");
        else if (word === "DATA") {
          isContent = true;
          socket.write("354 Go\r\n");
        } else if (word === "QUIT") socket.end("221 2.0.0 Bye\r\n");
        else socket.write("250 2.0.0 Ok\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received: () => received.join(""),
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
