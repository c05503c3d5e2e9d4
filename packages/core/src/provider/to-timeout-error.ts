import { EmailError } from "../errors/index.js";

export function toTimeoutError(stage: string, timeoutMs: number): EmailError {
  return new EmailError({ code: "timed-out", stage, message: `No result within ${timeoutMs} ms.` });
}
