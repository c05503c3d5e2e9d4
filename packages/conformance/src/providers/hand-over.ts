import { EmailError, isEmailError, type SendOptions } from "@getfluxly/email-core";
import { throwIfAborted } from "./throw-if-aborted.js";

/** What stands before the first body byte of a well-behaved connector. */
export async function handOver({ beforeHandover, signal }: SendOptions): Promise<void> {
  throwIfAborted(signal, "send");
  try {
    await beforeHandover?.();
  } catch (cause) {
    if (isEmailError(cause)) throw cause;
    throw new EmailError({
      code: "handover-refused",
      stage: "handover",
      message: "The caller refused the handover.",
      cause,
    });
  }
  throwIfAborted(signal, "send");
}
