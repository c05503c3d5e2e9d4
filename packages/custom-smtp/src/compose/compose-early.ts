import type { PreparedMessage } from "@getfluxly/email-core";
import type { Content } from "../session/content.js";

export type Compose = () => Content | Promise<Content>;

/** When a connection is ready to take it: a waiting message costs no composed octets. */
export const composeLate = (_message: PreparedMessage, compose: Compose): Compose => compose;

/** More would take much room while it waits for its connection, and gain little. */
const smallCharacters = 16 * 1024;

/**
 * Composes a small message now, and tells the result, or the failure, when it is asked. Several messages in one go cost
 * much less than each by itself between two replies, when the processor has done other things meanwhile.
 */
export function composeEarly({ text, html, attachments }: PreparedMessage, compose: Compose): Compose {
  const characters = (text?.length ?? 0) + (html?.length ?? 0);
  if (characters > smallCharacters || attachments?.length) return compose;
  try {
    const content = compose();
    // Whoever takes it meets its failure; the message may end before that.
    if (content instanceof Promise) content.catch(() => undefined);
    return () => content;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
