import type { Receipt } from "../contract/index.js";

/** Whether a connector's answer is a receipt: one without an accepted recipient is none. */
export function isReceipt(value: unknown): value is Receipt {
  const { messageId, accepted, rejected, response, warnings } = Object(value);
  return (
    typeof messageId === "string" &&
    typeof response === "string" &&
    [accepted, rejected, warnings].every(Array.isArray) &&
    accepted.length > 0
  );
}
