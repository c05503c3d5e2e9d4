import { type AddressInfo, createServer, type Socket } from "node:net";

type Command = "GREETING" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "." | "RSET" | "QUIT";

/**
 * What the relay does with one command, besides or instead of what it should. After `half` and `silence` it hangs: a server
 * works on one command after the other.
 */
export type Misbehaviour =
  | "proper"
  | "temporary"
  | "permanent"
  | "closing"
  | "garbage"
  | "drop"
  | "answer-and-drop"
  | "extra"
  | "extra-late"
  | "early"
  | "go-ahead"
  | "half"
  | "silence";

export interface TruthfulRelayScript {
  /** Of the command with this number on the connection with this number, both from 0. */
  readonly misbehaviour: (connection: number, command: number, name: Command) => Misbehaviour;
  readonly pipelining: boolean;
  /** Where each answer is cut into two packets; 0 is nowhere. */
  readonly splitAt: number;
  readonly delayMs: number;
}

/** What the relay can swear to about one content that it received completely. */
interface ReceivedContent {
  /** The local part of its only recipient. */
  readonly recipient: string;
  /** From its Subject. */
  readonly subject: string;
  answer: "confirmed" | "refused" | "none";
}

export interface TruthfulRelay extends AsyncDisposable {
  readonly port: number;
  readonly contents: readonly ReceivedContent[];
  /** Recipients for whom any octet of content came, complete or not. */
  readonly touched: ReadonlySet<string>;
  connections(): number;
  /** Most connections at the same time. */
  mostOpen(): number;
  allClosed(): Promise<void>;
}

const proper: Record<Command, string> = {
  GREETING: "220 relay.test\r\n",
  EHLO: "250-relay.test\r\n250 PIPELINING\r\n",
  MAIL: "250 2.1.0 Ok\r\n",
  RCPT: "250 2.1.5 Ok\r\n",
  DATA: "354 Go\r\n",
  ".": "250 2.0.0 Ok: queued\r\n",
  RSET: "250 2.0.0 Ok\r\n",
  QUIT: "221 2.0.0 Bye\r\n",
};

function octetsOf(kind: Misbehaviour, answer: string): string {
  switch (kind) {
    case "temporary":
      return "451 4.3.0 Later\r\n";
    case "permanent":
      return "550 5.7.1 No\r\n";
    case "closing":
      return "421 4.3.2 Closing\r\n";
    case "garbage":
      return "HTTP/1.1 400 Bad Request\r\n";
    case "drop":
    case "silence":
      return "";
    case "extra":
    case "extra-late":
      return `${answer}250 2.0.0 Ok\r\n`;
    case "early":
      return `${answer}${proper["."]}`;
    case "go-ahead":
      return "354 Go\r\n";
    case "half":
      return answer.slice(0, -3);
    default:
      return answer;
  }
}

/**
 * A relay that may misbehave at any command, and that records what really happened: which message's content it received
 * whole, and what it answered to it. Strict about order: MAIL inside a transaction, RCPT or DATA outside one are refused.
 */
export async function startTruthfulRelay(script: TruthfulRelayScript): Promise<TruthfulRelay> {
  const contents: ReceivedContent[] = [];
  const touched = new Set<string>();
  const open = new Set<Socket>();
  const waiting: (() => void)[] = [];
  let connections = 0;
  let mostOpen = 0;

  const server = createServer((socket) => {
    const connection = connections;
    connections += 1;
    open.add(socket);
    mostOpen = Math.max(mostOpen, open.size);
    socket.setNoDelay(true);
    socket
      .on("error", () => undefined)
      .on("close", () => {
        open.delete(socket);
        if (open.size === 0) for (const resolve of waiting.splice(0)) resolve();
      });

    let commands = 0;
    let hasSender = false;
    let recipient: string | undefined;
    let content: string[] | undefined;
    let output = Promise.resolve();
    let hangs = false;

    const pause = () => new Promise((resolve) => setTimeout(resolve, script.delayMs));
    const say = (octets: string, kind: Misbehaviour) => {
      output = output.then(async () => {
        if (script.delayMs > 0) await pause();
        const late = kind === "extra-late" ? octets.indexOf("\r\n") + 2 : script.splitAt;
        if (late > 0 && late < octets.length) {
          socket.write(octets.slice(0, late));
          await pause();
          socket.write(octets.slice(late));
        } else if (octets !== "") socket.write(octets);
        if (kind === "closing" || kind === "drop" || kind === "answer-and-drop") socket.end();
      });
    };

    function act(name: Command): void {
      const kind = script.misbehaviour(connection, commands, name);
      commands += 1;
      hangs = kind === "half" || kind === "silence";
      let answer = proper[name];
      if (name === "EHLO" && !script.pipelining) answer = "250 relay.test\r\n";
      if (name === "MAIL" && hasSender) answer = "503 5.5.1 Nested\r\n";
      if (name === "RCPT" && !hasSender) answer = "503 5.5.1 No sender\r\n";
      if (name === "DATA" && recipient === undefined) answer = "503 5.5.1 No recipient\r\n";
      const octets = octetsOf(kind, answer);
      const isPositive = /^2/.test(octets) && octets.includes("\r\n");
      if (name === "MAIL" && isPositive) hasSender = true;
      if (name === "DATA" && octets.startsWith("354") && octets.includes("\r\n")) content = [];
      if (name === "RSET" || name === ".") {
        hasSender = false;
        recipient = undefined;
      }
      if (name === ".") {
        const record = contents.at(-1);
        if (record) record.answer = isPositive ? "confirmed" : /^[45]/.test(octets) ? "refused" : "none";
      }
      say(octets, kind);
      if (name === "QUIT") output = output.then(() => void socket.end());
    }

    function onLine(line: string): void {
      if (hangs) return;
      if (content) {
        if (line === ".") {
          const subject = /^Subject: (.*)$/.exec(content[0] ?? "")?.[1] ?? "";
          contents.push({ recipient: recipient ?? "", subject, answer: "none" });
          content = undefined;
          act(".");
        } else {
          touched.add(recipient ?? "");
          content.push(line);
        }
        return;
      }
      const name = (line.split(/[ :]/)[0] ?? "").toUpperCase();
      if (name === "RCPT") {
        const before = recipient;
        const wanted = /<([^@]+)@/.exec(line)?.[1];
        const kind = script.misbehaviour(connection, commands, "RCPT");
        const isAccepted = hasSender && /^2/.test(octetsOf(kind, proper.RCPT));
        recipient = isAccepted ? wanted : before;
      }
      if (name in proper) act(name as Command);
      else say("500 5.5.1 Unknown\r\n", "proper");
    }

    act("GREETING");
    let rest = "";
    socket.on("data", (chunk) => {
      rest += chunk.toString("latin1");
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        onLine(line);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    contents,
    touched,
    connections: () => connections,
    mostOpen: () => mostOpen,
    allClosed: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
