/** A Message-ID without angle brackets and blanks, as events carry it; null when nothing is left. */
export function toBareMessageId(text: string | null | undefined): string | null {
  return text?.trim().replace(/^<|>$/g, "").trim() || null;
}

/**
 * Whether two ids name the same message: brackets do not count, and of SendGrid's only what stands before the first dot
 * (`sg_message_id` appends where it was handled). Nothing is never the same as nothing.
 */
export function sameMessageId(
  left: string | null | undefined,
  right: string | null | undefined,
  relay?: string,
): boolean {
  const [first, second] = [left, right].map((id) => {
    const bare = toBareMessageId(id);
    // What has an @ is a Message-ID, and its dots belong to it.
    return relay === "sendgrid" && !bare?.includes("@") ? bare?.split(".")[0] : bare;
  });
  return Boolean(first) && first === second;
}
