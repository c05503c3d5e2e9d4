import type { OutputForm } from "../terminal/output.js";
import { UsageError } from "./usage-error.js";

/** Every command has them. */
export const outputOptions = {
  json: { type: "boolean" },
  ndjson: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export function toOutputForm({
  json,
  ndjson,
}: {
  readonly json?: boolean;
  readonly ndjson?: boolean;
}): OutputForm {
  if (json && ndjson) throw new UsageError("--json and --ndjson exclude each other.");
  return ndjson ? "ndjson" : json ? "json" : "text";
}
