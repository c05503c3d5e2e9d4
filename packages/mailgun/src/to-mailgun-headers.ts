import { type PresetMessage, type RelayHeader, toJsonHeader } from "@getfluxly/email-custom-smtp/preset";
import type { MailgunMessageOptions } from "./mailgun-message-options.js";

const tagCharacters = 128;

/** So that one member fits into a line of 998 (RFC 5322), with the name of the field and what JSON puts around it. */
const memberCharacters = 900;

/** Tags one field each; metadata as one JSON object, which Mailgun delivers to the recipient too. */
export function toMailgunHeaders({
  message: { tags = [] },
  metadata,
  options: { tracking, trackOpens, trackClicks, testMode, requireTls },
  report,
}: Pick<
  PresetMessage<never, MailgunMessageOptions>,
  "message" | "metadata" | "options" | "report"
>): readonly RelayHeader[] {
  const goodTags = tags.filter((tag, index) => {
    const isGood = tag.length <= tagCharacters && /^[ -~]+$/.test(tag);
    if (!isGood) report(`tags[${index}]`, `Mailgun takes up to ${tagCharacters} ASCII characters.`);
    return isGood;
  });
  for (const [key, value] of Object.entries(metadata)) {
    const { length } = toJsonHeader(value);
    if (length <= memberCharacters) continue;
    report(
      `metadata.${key}`,
      `Needs ${length} characters in a header, where all but ASCII takes six each; ${memberCharacters} fit into its line.`,
    );
  }
  const switches = {
    "X-Mailgun-Track": tracking,
    "X-Mailgun-Track-Opens": trackOpens,
    "X-Mailgun-Track-Clicks": trackClicks,
    // There is no "no": a message without it is delivered.
    "X-Mailgun-Drop-Message": testMode || undefined,
    "X-Mailgun-Require-TLS": requireTls,
  };
  return [
    ...goodTags.map((tag) => ["X-Mailgun-Tag", tag] as const),
    ["X-Mailgun-Variables", toJsonHeader(metadata)],
    ...Object.entries(switches).flatMap(([name, value]): RelayHeader[] =>
      value === undefined ? [] : [[name, typeof value === "string" ? value : value ? "yes" : "no"]],
    ),
  ];
}
