import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../processes/free-port.js";
import { startDaemon } from "../processes/start-daemon.js";
import { waitUntilListening } from "../processes/wait-until-listening.js";
import type { Workshop } from "../processes/workshop.js";
import { makePostfixFolders } from "./make-postfix-folders.js";
import { postfixConfig } from "./postfix-config.js";
import type { Sink } from "./sink.js";

const run = promisify(execFile);

/** An own instance of Debian's Postfix that throws all mail away. Needs root. */
export async function startPostfixSink(workshop: Workshop): Promise<Sink> {
  const port = await freePort();
  const name = `postfix-${port}`;
  const folder = join(workshop.folder, name);
  const files = Object.entries(postfixConfig(folder, port));
  await workshop.write(Object.fromEntries(files.map(([path, text]) => [join(name, path), text])));
  await makePostfixFolders(folder);
  const programs = (await run("postconf", ["-d", "-h", "daemon_directory"])).stdout.trim();
  const log = join(folder, "postfix.log");
  const daemon = workshop.own(
    // Not `postfix start`, which hands master over to the system: so it stays our child.
    await startDaemon({
      command: join(programs, "master"),
      arguments: ["-d", "-c", join(folder, "config")],
      outputFile: log,
    }),
  );
  await waitUntilListening(port, daemon);

  let read = 0;
  let received = 0;
  return {
    port,
    processId: daemon.processId,
    async received() {
      // Only what is new: the log of a run has hundreds of thousands of lines.
      const handle = await open(log);
      try {
        const { size } = await handle.stat();
        const { buffer } = await handle.read(Buffer.alloc(size - read), 0, size - read, read);
        const whole = buffer.subarray(0, buffer.lastIndexOf("\n") + 1);
        read += whole.length;
        received += whole.toString("latin1").split(" discard: ").length - 1;
        return received;
      } finally {
        await handle.close();
      }
    },
    stop: () => daemon.stop(),
  };
}
