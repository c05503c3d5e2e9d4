import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Terminal } from "./terminal.js";

/** Asks a person. A secret is not shown while it is typed. */
export async function ask(terminal: Terminal, question: string, isSecret: boolean): Promise<string> {
  const { input, errors, signal } = terminal;
  errors.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input, output: isSecret ? silent : errors, terminal: true });
  try {
    // Ctrl-C in raw mode is a key and no signal.
    const interrupted = new Promise<never>((_resolve, reject) => {
      line.once("SIGINT", () => reject(new Error("interrupted")));
      line.once("close", () => reject(new Error("the input ended")));
    });
    const prompt = isSecret ? "" : question;
    return await Promise.race([line.question(prompt, { signal }), interrupted]);
  } finally {
    line.close();
    if (isSecret) errors.write("\n");
  }
}
