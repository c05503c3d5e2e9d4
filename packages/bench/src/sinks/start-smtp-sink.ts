import { open } from "node:fs/promises";
import { freePort } from "../processes/free-port.js";
import { startDaemon } from "../processes/start-daemon.js";
import { waitUntilListening } from "../processes/wait-until-listening.js";
import type { Workshop } from "../processes/workshop.js";
import type { Sink } from "./sink.js";

/**
 * Postfix's smtp-sink, plain. Its counter costs it two hundredths of its time, the same for every client. Source for
 * the options: smtp-sink(1).
 */
export async function startSmtpSink(workshop: Workshop): Promise<Sink> {
  const port = await freePort();
  const daemon = workshop.own(
    await startDaemon({
      command: "smtp-sink",
      // Started as root it wants to be somebody else.
      arguments: ["-c", "-u", "postfix", `127.0.0.1:${port}`, "1024"],
      outputFile: workshop.fresh("smtp-sink.log"),
    }),
  );
  await waitUntilListening(port, daemon);
  return {
    port,
    processId: daemon.processId,
    received: () => readCounter(daemon.outputFile),
    stop: () => daemon.stop(),
  };
}

/** The last of the counters that it writes over one another, such as `sess=5 quit=5 mesg=60000`. */
async function readCounter(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 200);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const last = [...buffer.toString("latin1").matchAll(/mesg=\s*(\d+)\s*\r/g)].at(-1);
    return Number(last?.[1] ?? 0);
  } finally {
    await handle.close();
  }
}
