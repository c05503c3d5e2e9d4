import { exitCodes } from "./exit-codes.js";

/** The exit code of a stage that failed; `body` and `end-of-data` are parts of DATA. */
export function toStageCode(stage: string): number {
  const known = stage === "body" || stage === "end-of-data" ? "data" : stage === "connect" ? "tcp" : stage;
  const found = Object.entries(exitCodes).find(([name, code]) => name === known && code >= 10 && code < 29);
  return found?.[1] ?? exitCodes["other-stage"];
}
