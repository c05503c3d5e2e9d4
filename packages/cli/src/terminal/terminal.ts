import type { Readable, Writable } from "node:stream";

type MaybeTty = { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };

/** Where a command reads and writes. */
export interface Terminal {
  readonly input: Readable & MaybeTty & { setRawMode?(isRaw: boolean): unknown };
  /** Results. */
  readonly output: Writable & MaybeTty;
  /** Progress, prompts, warnings. */
  readonly errors: Writable & MaybeTty;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
