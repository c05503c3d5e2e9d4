import { execFile, execFileSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const longAgo = new Date(2020, 0);

/** Why a real Postfix cannot be started here; undefined if it can. */
export function missingForPostfix(): string | undefined {
  if (process.getuid?.() !== 0) return "not root";
  try {
    execFileSync("sh", ["-c", "command -v postfix && command -v curl"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "postfix or curl is not installed";
  }
}

export interface BouncingPostfix {
  readonly port: number;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A Postfix that passes `example.net` on to another server, and gives what comes back to `bounceAddress` to the script, as
 * the guide says.
 */
export async function startBouncingPostfix(options: {
  readonly nextPort: number;
  readonly bounceAddress: string;
  readonly script: string;
  readonly url: string;
  readonly secret: string;
}): Promise<BouncingPostfix> {
  const folder = await mkdtemp(join(tmpdir(), "bouncing-postfix-"));
  await chmod(folder, 0o755);
  const port = await freePort();
  const main = {
    ...{ compatibility_level: "3.6", queue_directory: `${folder}/queue`, data_directory: `${folder}/data` },
    ...{ maillog_file: `${folder}/postfix.log`, maillog_file_prefixes: folder },
    ...{
      inet_interfaces: "127.0.0.1",
      inet_protocols: "ipv4",
      myhostname: "mail.customer.test",
      mydestination: "",
    },
    ...{ mynetworks: "127.0.0.0/8", alias_maps: "", smtpd_relay_restrictions: "permit_mynetworks, reject" },
    ...{ default_transport: "discard:", transport_maps: `texthash:${folder}/config/transport` },
    ...{
      "bounce-webhook_destination_recipient_limit": "1",
      recipient_delimiter: "+",
      smtp_tls_security_level: "none",
    },
  };
  const master = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    ...["pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr"],
    ...[
      "rewrite unix - - n - - trivial-rewrite",
      "bounce unix - - n - 0 bounce",
      "defer unix - - n - 0 bounce",
    ],
    ...["trace unix - - n - 0 bounce", "smtp unix - - n - - smtp", "error unix - - n - - error"],
    ...["retry unix - - n - - error", "discard unix - - n - - discard", "anvil unix - - n - 1 anvil"],
    ...[
      "proxymap unix - - n - - proxymap",
      "showq unix n - n - - showq",
      "postlog unix-dgram n - n - 1 postlogd",
    ],
    `bounce-webhook unix - n n - - pipe\n  flags=DOR user=nobody argv=${folder}/post-bounce ${options.url} ${folder}/webhook-header`,
  ];
  const files: Record<string, string> = {
    "config/main.cf": Object.entries(main)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(""),
    "config/master.cf": `${master.join("\n")}\n`,
    "config/transport": `example.net smtp:[127.0.0.1]:${options.nextPort}\n${options.bounceAddress} bounce-webhook:\n`,
    "post-bounce": options.script,
    "webhook-header": `Authorization: Bearer ${options.secret}\n`,
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    // Postfix waits before it reads a file that looks as if it were still being written.
    await utimes(join(folder, name), longAgo, longAgo);
  }
  await chmod(join(folder, "post-bounce"), 0o755);
  const idOf = async (user: string) => Number((await run("id", ["-u", user])).stdout);
  await chmod(join(folder, "webhook-header"), 0o400);
  await chown(join(folder, "webhook-header"), await idOf("nobody"), 0);
  const owner = await idOf("postfix");
  const queues = [
    "active",
    "bounce",
    "corrupt",
    "defer",
    "deferred",
    "flush",
    "hold",
    "incoming",
    "maildrop",
    "private",
    "public",
    "saved",
    "trace",
  ];
  for (const name of ["data", ...queues.map((queue) => `queue/${queue}`)]) {
    await mkdir(join(folder, name), { recursive: true });
    await chown(join(folder, name), owner, 0);
  }
  await mkdir(join(folder, "queue", "pid"));
  const postfix = (command: string) => run("postfix", ["-c", join(folder, "config"), command]);
  await postfix("start");
  return {
    port,
    log: async () => (await run("cat", [join(folder, "postfix.log")])).stdout,
    async stop() {
      await postfix("abort").catch(() => undefined);
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}
