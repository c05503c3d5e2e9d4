import type { Terminal } from "./terminal.js";

/** The terminal of this process. The first Ctrl-C asks the command to end, the second one ends it. */
export function openProcessTerminal(): Terminal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error("interrupted"));
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const { stdin: input, stdout: output, stderr: errors, env } = process;
  // `| head` closes the pipe early; that is no error.
  output.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  return { input, output, errors, env, signal: controller.signal };
}
