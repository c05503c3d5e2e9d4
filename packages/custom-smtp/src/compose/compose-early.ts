import type { PreparedMessage } from "@getfluxly/email-core";
import type { Content } from "../session/content.js";

type Compose = () => Content | Promise<Content>;

/** More would take much room while it waits for its connection, and gain little. */
const smallCharacters = 16 * 1024;

/**
 * Composes a small message now, and tells the result, or the failure, when it is asked. Several messages in one go cost
 * much less than each by itself between two replies, when the processor has done other things meanwhile.
 */
export function composeEarly(message: PreparedMessage, compose: Compose): Compose {
  const { text = "", html = "", attachments = [] } = message;
  if (text.length + html.length > smallCharacters || attachments.length > 0) return compose;
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
