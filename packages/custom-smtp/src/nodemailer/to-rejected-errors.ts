import type { RejectedRecipient } from "@getfluxly/email-core";
import type { RejectedRecipientError } from "./sent-message-info.js";
import { toResponse } from "./to-response.js";

export function toRejectedErrors(rejected: readonly RejectedRecipient[]): RejectedRecipientError[] {
  return rejected.map(({ address, permanent, reply }) => {
    const response = reply && toResponse(reply);
    const error = new Error(`The relay refused the recipient ${address}${response ? `: ${response}` : ""}`);
    return Object.assign(error, {
      code: "recipients-refused" as const,
      command: "RCPT TO" as const,
      recipient: address,
      permanent,
      ...(reply && { responseCode: reply.code, response: toResponse(reply) }),
    });
  });
}
