import { createPaint, type Paint } from "./paint.js";
import type { Terminal } from "./terminal.js";
import { toPrintable } from "./to-printable.js";

export type OutputForm = "text" | "json" | "ndjson";

/** What a command says, in one of three forms. */
export interface Output {
  readonly form: OutputForm;
  readonly paint: Paint;
  /** A line for people; nothing in the other forms. */
  line(text?: string): void;
  /** Something that happened: a line of its own with `--ndjson`, nothing else. */
  event(event: object): void;
  /** The result: the one document of `--json`, the last line of `--ndjson`; nothing for people. */
  document(document: object): void;
  /** What is being done just now: on a terminal only, and wiped by what comes next. */
  progress(text: string): void;
  warn(text: string): void;
}

const wipe = "\r\u001b[K";

export function createOutput(terminal: Terminal, form: OutputForm): Output {
  const { output, errors, env } = terminal;
  const showsProgress = form === "text" && errors.isTTY === true && env.TERM !== "dumb";
  let isPending = false;
  const clear = () => {
    if (isPending) errors.write(wipe);
    isPending = false;
  };
  return {
    form,
    paint: createPaint(terminal),
    line(text = "") {
      clear();
      if (form === "text") output.write(`${text}\n`);
    },
    event(event) {
      if (form === "ndjson") output.write(`${JSON.stringify(event)}\n`);
    },
    document(document) {
      clear();
      if (form === "json") output.write(`${JSON.stringify(document, null, 2)}\n`);
      if (form === "ndjson") output.write(`${JSON.stringify(document)}\n`);
    },
    progress(text) {
      if (!showsProgress) return;
      errors.write(`${wipe}${text}`);
      isPending = true;
    },
    warn(text) {
      clear();
      errors.write(`${toPrintable(text)}\n`);
    },
  };
}
