import { isJsonObject, textsOf, toMetadata } from "@getfluxly/email-core/webhook";
import { decodeTagValue } from "../decode-tag-value.js";
import { tagNamePrefix } from "../tag-name-prefix.js";

/** `mail.tags`, names with lists of values: our tags and metadata. Names that begin with `ses:` are SES's own. */
export function readMessageTags(value: unknown): {
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
} {
  const entries = Object.entries(isJsonObject(value) ? value : {}).map(
    ([name, values]) => [name, textsOf(values).map(decodeTagValue)] as const,
  );
  const tags = entries.filter(([name]) => name.startsWith(tagNamePrefix)).sort(byNumber);
  const metadata = entries
    .filter(
      ([name, values]) => values.length > 0 && !name.startsWith(tagNamePrefix) && !name.startsWith("ses:"),
    )
    .map(([name, values]) => [name, values.length === 1 ? values[0] : values] as const);
  return { tags: tags.flatMap(([, values]) => values), metadata: toMetadata(Object.fromEntries(metadata)) };
}

type Entry = readonly [name: string, values: readonly string[]];

function byNumber([left]: Entry, [right]: Entry): number {
  return Number(left.slice(tagNamePrefix.length)) - Number(right.slice(tagNamePrefix.length));
}
