import type { BatchEmailProvider, Failure, PreparedMessage, Receipt } from "../contract/index.js";
import { EmailError, type EmailErrorCode, isEmailError } from "../errors/index.js";
import { checkReceipt } from "./check-receipt.js";
import type { SendCall } from "./create-send-call.js";
import { runCall } from "./run-call.js";
import type { Consignment } from "./send-many.js";

interface Answer {
  resolve(receipt: Receipt): void;
  reject(error: unknown): void;
}

/** Lets the connector's own batch carry the messages. Each has the deadline of a single one; missing it ends them all. */
export async function deliverNatively(
  sendBatch: BatchEmailProvider["sendBatch"],
  call: SendCall,
  consignments: AsyncIterable<Consignment>,
  stop: AbortController,
): Promise<void> {
  const answers: Answer[] = [];
  const told: Promise<void>[] = [];
  async function* hand(): AsyncGenerator<PreparedMessage> {
    for await (const { message, tell } of consignments) {
      const work = (signal: AbortSignal) => {
        signal.addEventListener("abort", () => stop.abort(signal.reason));
        return new Promise<Receipt>((resolve, reject) => answers.push({ resolve, reject }));
      };
      told.push(tell(runCall(call, work)));
      if (stop.signal.aborted) return;
      yield message;
    }
  }
  try {
    for await (const outcome of sendBatch(hand(), call.toOptions(stop.signal))) {
      const answer = answers[outcome.index];
      try {
        if (outcome.status === "sent") answer?.resolve(checkReceipt(outcome.receipt));
        else answer?.reject(toError(outcome.failure));
      } catch (error) {
        answer?.reject(error);
      }
      // The consumer hears of it before the connector gets to ask for more.
      await told[outcome.index];
    }
    throw new TypeError("The connector left the batch.");
  } catch (error) {
    // To those that have their answer it means nothing.
    for (const { reject } of answers) reject(error);
    throw error;
  }
}

/** The code may be one that a newer version of this package has added. */
function toError(failure: Failure): EmailError {
  return isEmailError(failure)
    ? failure
    : new EmailError({ ...failure, code: failure.code as EmailErrorCode });
}
