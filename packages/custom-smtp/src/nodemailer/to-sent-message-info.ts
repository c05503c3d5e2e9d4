import type { Receipt } from "@getfluxly/email-core";
import type { SentMessageInfo } from "./sent-message-info.js";
import { toRejectedErrors } from "./to-rejected-errors.js";

export function toSentMessageInfo(
  receipt: Receipt,
  envelope: { readonly from: string; readonly to: readonly string[] },
): SentMessageInfo {
  const { messageId, accepted, rejected, response } = receipt;
  return {
    envelope: { from: envelope.from, to: [...envelope.to] },
    messageId: `<${messageId}>`,
    accepted: [...accepted],
    rejected: rejected.map(({ address }) => address),
    ...(rejected.length > 0 && { rejectedErrors: toRejectedErrors(rejected) }),
    response,
    receipt,
  };
}
