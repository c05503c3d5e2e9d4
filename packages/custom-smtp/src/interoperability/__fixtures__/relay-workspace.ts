import { chmod, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type GuardedProcess, startGuardedProcess } from "./guarded-process.js";
import { createMaildir, type Maildir } from "./maildir.js";

const longAgo = new Date(2020, 0);

export interface Daemon {
  readonly process: GuardedProcess;
  /** What it wrote so far. */
  output(): Promise<string>;
}

/** The files, mailboxes and processes of one relay, all gone after `close`. */
export interface RelayWorkspace {
  readonly folder: string;
  /** Paths are relative to the folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** One mailbox in `mail` for each user, owned by this numeric user and group. */
  createMailboxes(users: readonly string[], owner: number): Promise<(user: string) => Maildir>;
  start(
    command: string,
    args: readonly string[],
    log: string,
    environment?: Readonly<Record<string, string>>,
  ): Promise<Daemon>;
  close(): Promise<void>;
}

export async function createRelayWorkspace(name: string): Promise<RelayWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  // mkdtemp admits its maker alone, but mail servers run most of their parts as users of their own.
  await chmod(folder, 0o755);
  const processes: GuardedProcess[] = [];

  return {
    folder,
    async write(files) {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
        // Postfix waits two seconds before it reads a file that looks as if it were still being written.
        await utimes(join(folder, name), longAgo, longAgo);
      }
    },
    async createMailboxes(users, owner) {
      const mailboxes = new Map<string, Maildir>();
      for (const user of users) mailboxes.set(user, await createMaildir(join(folder, "mail", user), owner));
      return (user) => {
        const mailbox = mailboxes.get(user);
        if (mailbox === undefined) throw new Error(`${user} has no mailbox in this relay`);
        return mailbox;
      };
    },
    async start(command, args, log, environment) {
      const outputFile = join(folder, log);
      const process = await startGuardedProcess({ command, arguments: args, outputFile, environment });
      processes.push(process);
      return { process, output: () => readFile(outputFile, "utf8") };
    },
    async close() {
      await Promise.all(processes.map((process) => process.stop()));
      // A server's children may still write while they end.
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
