import type { Receipt } from "../contract/index.js";

/** The connector's answer, if it is a receipt; one without an accepted recipient is none. */
export function checkReceipt(receipt: Receipt): Receipt {
  const { messageId, accepted, rejected, response, warnings } = Object(receipt);
  if (messageId && response !== undefined && accepted?.length && rejected && warnings) return receipt;
  throw new TypeError("The receipt is incomplete.");
}
