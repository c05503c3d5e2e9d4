import { connect, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import type { SandboxRelay } from "../index.js";

/** An SMTP client without a mind of its own: it sends what it is given, and cuts what comes into replies. */
export interface RawClient {
  /** The next complete reply, without its last line end. Rejects when the connection ends first. */
  reply(): Promise<string>;
  send(text: string | Uint8Array): void;
  /** Sends a line and waits for the reply. */
  command(line: string): Promise<string>;
  /** The handshake, after a 220. */
  startTls(options?: ConnectionOptions): Promise<void>;
  /** Resolves when the connection is over: `end` for FIN, or the error code. */
  readonly over: Promise<string>;
  /** Everything that came, decrypted. */
  received(): string;
  /** Resolves when this text has come. */
  receivedText(text: string): Promise<void>;
  readonly socket: Socket;
  close(): void;
}

export interface RawClientOptions extends ConnectionOptions {
  readonly allowHalfOpen?: boolean;
}

export async function connectRaw(relay: SandboxRelay, options: RawClientOptions = {}): Promise<RawClient> {
  const tlsOptions = { ca: relay.certificateAuthority, servername: "localhost", ...options };
  let socket: Socket = connect({ host: relay.host, port: relay.port });
  const plain = socket;
  let all = "";
  let unread = "";
  let ending: string | undefined;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of [...waiting]) look();
  };
  const until = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const attempt = (): void => {
        const found = look();
        if (found === undefined && ending === undefined) return;
        waiting.delete(attempt);
        if (found === undefined) reject(new Error(`The connection is over (${ending}), unread: ${unread}`));
        else resolve(found);
      };
      waiting.add(attempt);
      attempt();
    });
  const listen = (stream: Socket): void => {
    stream.on("data", (chunk: Buffer) => {
      all += chunk.toString();
      unread += chunk.toString();
      wake();
    });
    stream.on("error", (error: NodeJS.ErrnoException) => {
      ending ??= error.code ?? error.message;
      wake();
    });
    stream.on("close", () => {
      ending ??= "end";
      wake();
    });
  };
  const secure = async (extra: ConnectionOptions = {}): Promise<void> => {
    socket.removeAllListeners("data");
    const below = socket;
    const above = connectTls({ ...tlsOptions, ...extra, socket: below });
    socket = above;
    listen(above);
    let done = false;
    above.once("secureConnect", () => {
      done = true;
      wake();
    });
    await until(() => (done ? true : undefined));
  };

  const client: RawClient = {
    reply: () =>
      until(() => {
        const match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(unread);
        if (!match) return undefined;
        unread = unread.slice(match[0].length);
        return match[0].replace(/\r?\n$/, "").replaceAll("\r\n", "\n");
      }),
    send: (text) => {
      socket.write(text);
    },
    command: (line) => {
      client.send(`${line}\r\n`);
      return client.reply();
    },
    startTls: secure,
    over: new Promise((resolve) => {
      plain.once("close", () => {
        // TLS on top hears of the end a little later.
        setImmediate(() => resolve(ending ?? "end"));
      });
    }),
    received: () => all,
    receivedText: async (text) => {
      await until(() => (all.includes(text) ? true : undefined));
    },
    get socket() {
      return socket;
    },
    close: () => {
      socket.destroy();
      plain.destroy();
    },
  };

  listen(plain);
  if (relay.tls === "implicit") await secure();
  return client;
}

/** AUTH PLAIN with the relay's first user, or with these credentials. */
export function plainLogin(user = "sandbox", password = "sandbox-password"): string {
  return `AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString("base64")}`;
}

/** Greeting, EHLO, TLS where there is any, and login. */
export async function loggedIn(relay: SandboxRelay, options?: RawClientOptions): Promise<RawClient> {
  const client = await connectRaw(relay, options);
  await client.reply();
  await client.command("EHLO client.test");
  if (relay.tls === "starttls") {
    await client.command("STARTTLS");
    await client.startTls();
    await client.command("EHLO client.test");
  }
  const answer = await client.command(plainLogin());
  if (!answer.startsWith("235")) throw new Error(answer);
  return client;
}

/** One message; resolves with the replies to MAIL, RCPT, DATA and the final dot. */
export async function sendMessage(
  client: RawClient,
  content = "Subject: hello\r\n\r\nbody\r\n",
): Promise<string[]> {
  const replies = [
    await client.command("MAIL FROM:<from@example.test>"),
    await client.command("RCPT TO:<to@example.test>"),
    await client.command("DATA"),
  ];
  client.send(content);
  return [...replies, await client.command(".")];
}
