import type { Terminal } from "../terminal/terminal.js";

export interface Command {
  /** In one line. */
  readonly summary: string;
  /** All of `--help`. */
  readonly help: string;
  /** Resolves to the exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
