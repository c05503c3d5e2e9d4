import { type PresetMessage, type RelayHeader, toJsonHeader } from "@getfluxly/email-custom-smtp/preset";

/** So that one member fits into a line of 998 (RFC 5322), with the name of the field and what JSON puts around it. */
const memberCharacters = 900;

/** One tag; metadata as one JSON object, which Brevo returns as it is and delivers to the recipient too. */
export function toBrevoHeaders({
  message: { tags: [tag] = [] },
  metadata,
  report,
}: Pick<PresetMessage<never, object>, "message" | "metadata" | "report">): readonly RelayHeader[] {
  // Brevo takes all but ASCII badly: the message bounces, or is lost.
  if (tag !== undefined && !/^[ -~]+$/.test(tag)) report("tags[0]", "Brevo takes ASCII characters.");
  // Its events write several tags as JSON in the place of one.
  if (tag?.startsWith("[")) report("tags[0]", 'Must not begin with "[", as a list of tags does in events.');
  for (const [key, value] of Object.entries(metadata)) {
    const { length } = toJsonHeader(value);
    if (length <= memberCharacters) continue;
    report(
      `metadata.${key}`,
      `Needs ${length} characters in a header, where all but ASCII takes six each; ${memberCharacters} fit into its line.`,
    );
  }
  return [
    ...(tag === undefined ? [] : [["X-Mailin-Tag", tag] as const]),
    ["X-Mailin-custom", toJsonHeader(metadata)],
  ];
}
