/** Our ids are ULIDs; they travel in upper case, and a mail system may have lowered the letters of an address. */
const ulid = /(?:^|[+=.-])([0-7][\dA-HJKMNP-TV-Z]{25})(?=[@+=.-])/i;

/**
 * The id of the message that a report is about: its envelope id (RFC 3461), or what the address tells that the report was
 * sent to, such as `bounces+01J...@example.com`. A server on the way may have made up an envelope id, so one that looks like
 * ours goes first, wherever it stands.
 */
export function toCorrelationId(
  envelopeId: string | undefined,
  recipients: readonly string[],
): string | undefined {
  for (const address of [`${envelopeId ?? ""}@`, ...recipients]) {
    const id = ulid.exec(address)?.[1];
    if (id !== undefined) return id.toUpperCase();
  }
  // Haraka writes the Message-ID there, which tells by itself which message it is.
  return envelopeId?.includes("@") ? undefined : envelopeId || undefined;
}
