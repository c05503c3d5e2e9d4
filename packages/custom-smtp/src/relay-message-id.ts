/**
 * How relays name the message in their final reply: Postfix and those like it, Exim, Haraka, and a bare id after "Ok"
 * (Amazon SES).
 */
const patterns = [
  /\bqueued as ([\w.-]+)/i,
  /\bqueued \(([\w.-]+)\)/i,
  /\bid=<?([\w.@-]+)>?/i,
  /^ok ([\w-]{16,})$/i,
];

/** The relay's own id of a message, from the text of its reply to the final dot; undefined where it tells none. */
export function relayMessageIdIn(replyText: string): string | undefined {
  const text = replyText.replace(/^[245]\.\d{1,3}\.\d{1,3} /, "");
  for (const pattern of patterns) {
    const id = pattern.exec(text)?.[1];
    if (id) return id;
  }
  return undefined;
}
