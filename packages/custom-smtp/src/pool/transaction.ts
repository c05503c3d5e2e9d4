import { EmailError, isEmailError } from "@getfluxly/email-core";
import type { Content } from "../session/content.js";
import type { Extensions } from "../session/extensions.js";
import { createOpening, type Opening } from "../session/opening.js";
import type { Delivery } from "./delivery.js";

/** A delivery that is ready to leave over one connection. */
export interface Transaction {
  readonly delivery: Delivery;
  readonly content: Content;
  readonly opening: Opening;
}

/** Fails the delivery, and gives undefined, if this relay cannot carry it or if it has ended meanwhile. */
export function toTransaction(
  delivery: Delivery,
  content: Content,
  extensions: Extensions,
): Transaction | undefined {
  if (delivery.isSettled()) return undefined;
  const { envelope, envelopeId } = delivery.consignment;
  try {
    return { delivery, content, opening: createOpening(extensions, { envelope, envelopeId, content }) };
  } catch (error) {
    failBeforeSending(delivery, error);
    return undefined;
  }
}

/** For what is wrong with the message itself. */
export function failBeforeSending(delivery: Delivery, error: unknown): void {
  const message = "The message could not be composed.";
  delivery.fail(
    isEmailError(error)
      ? error
      : new EmailError({ code: "provider-failed", message, stage: "compose", cause: error }),
  );
}
