import { chmod, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { freePorts } from "./free-ports.js";
import type { MailServer, SessionPatterns } from "./mail-server.js";
import { mailDomain } from "./real-relay.js";
import { createRelayWorkspace } from "./relay-workspace.js";
import { waitUntilListening } from "./wait-until-listening.js";

const sessionPatterns: SessionPatterns = {
  opened: /^smtp-sink: connect \(/gm,
  closed: /^smtp-sink: disconnect$/gm,
  quit: /^smtp-sink: QUIT$/gm,
  taken: /^smtp-sink: \.$/gm,
  complaint: /lost|timeout|warning|fatal/g,
};

/** Postfix's test server: takes everything. Its flags say what it announces less: `-e` is an SMTP of before 1993. */
export async function startSmtpSink(flags: readonly string[]): Promise<MailServer> {
  const [port = 0] = await freePorts(1);
  const workspace = await createRelayWorkspace("smtp-sink");
  const dumps = join(workspace.folder, "dumps");
  try {
    await mkdir(dumps);
    await chmod(dumps, 0o777);
    const sink = await workspace.start(
      "smtp-sink",
      ["-v", ...flags, "-u", "nobody", "-d", join(dumps, "message."), `127.0.0.1:${port}`, "100"],
      "smtp-sink.log",
    );
    await waitUntilListening({ host: "127.0.0.1", port }, sink);
    return {
      plain: { port },
      // One file for each message, with its recipients above it, and an empty line behind it.
      mailboxOf: (user) => ({
        async messages() {
          const files = (await readdir(dumps)).map((name) => readFile(join(dumps, name)));
          const recipient = `\nX-Rcpt-Args: <${user}@${mailDomain}>`;
          return (await Promise.all(files))
            .filter((file) => file.toString("latin1", 0, 2_000).includes(recipient))
            .map((file) => file.subarray(0, -1));
        },
      }),
      log: sink.output,
      sessionPatterns,
      probes: 1,
      close: workspace.close,
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}
