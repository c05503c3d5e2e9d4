import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Terminal } from "./terminal.js";

/** Asks a person. A secret is not shown while it is typed. */
export async function ask(terminal: Terminal, question: string, isSecret: boolean): Promise<string> {
  const { input, errors, signal } = terminal;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  // From here on the terminal shows nothing by itself; only then may somebody be asked to type.
  const line = createInterface({ input, output: isSecret ? silent : errors, terminal: true });
  if (isSecret) errors.write(question);
  try {
    // Ctrl-C in raw mode is a key and no signal.
    const interrupted = new Promise<never>((_resolve, reject) => {
      line.once("SIGINT", () => reject(new Error("interrupted")));
      line.once("close", () => reject(new Error("interrupted")));
    });
    return await Promise.race([line.question(isSecret ? "" : question, { signal }), interrupted]);
  } finally {
    line.close();
    if (isSecret) errors.write("\n");
  }
}
