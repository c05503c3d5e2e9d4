import { type PresetMessage, type RelayHeader, toJsonHeader } from "@getfluxly/email-custom-smtp/preset";

/** Of the API, whose field it is. The core takes tags of half that length. */
const categoryCharacters = 255;

/** Mailtrap ignores a longer one, and says nothing. */
const variablesBytes = 1_000;

/** One tag as category; metadata as one flat JSON object. */
export function toMailtrapHeaders({
  message: { tags = [] },
  metadata,
  report,
}: Pick<PresetMessage<never, object>, "message" | "metadata" | "report">): readonly RelayHeader[] {
  const [category] = tags;
  const isGood =
    category === undefined || (category.length <= categoryCharacters && /^[ -~]+$/.test(category));
  if (!isGood) report("tags[0]", `Mailtrap takes up to ${categoryCharacters} ASCII characters.`);
  const variables = toJsonHeader(metadata);
  if (variables.length > variablesBytes) {
    report(
      "metadata",
      `Needs ${variables.length} bytes together with gf_id, where all but ASCII takes six each; Mailtrap takes ${variablesBytes}.`,
    );
  }
  return [
    ...(category !== undefined && isGood ? [["X-MT-Category", category] as const] : []),
    ["X-MT-Custom-Variables", variables],
  ];
}
