import { type PresetMessage, type RelayHeader, toJsonHeader } from "@getfluxly/email-custom-smtp/preset";

/** So that one member fits into a line of 998 (RFC 5322), with the name of the field and what JSON puts around it. */
const memberCharacters = 900;

/**
 * SMTP2GO has no fields of its own, but repeats in its events those that its webhook is told to. So these two are ours, and the
 * recipient gets them too.
 */
export function toSmtp2goHeaders({
  message: { tags = [] },
  metadata,
  report,
}: Pick<PresetMessage<never, object>, "message" | "metadata" | "report">): readonly RelayHeader[] {
  for (const [key, value] of Object.entries(metadata)) {
    const { length } = toJsonHeader(value);
    if (length <= memberCharacters) continue;
    report(
      `metadata.${key}`,
      `Needs ${length} characters in a header, where all but ASCII takes six each; ${memberCharacters} fit into its line.`,
    );
  }
  return [
    ...(tags.length === 0 ? [] : [["X-Tags", toJsonHeader(tags)] as const]),
    ["X-Metadata", toJsonHeader(metadata)],
  ];
}
