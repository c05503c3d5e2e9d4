import {
  isJsonObject,
  type JsonObject,
  parseJson,
  textOf,
  textsOf,
  toMetadata,
} from "@getfluxly/email-core/webhook";
import { knownNames } from "./known-names.js";

/**
 * What is not SMTP2GO's own are header fields of the message that the webhook was told to repeat, in whatever case. Two of them are
 * those that the preset writes, and hold JSON; unless somebody else wrote them, then they are metadata like the others.
 */
export function readCustomFields(event: JsonObject): {
  tags: readonly string[];
  metadata: Readonly<Record<string, string>>;
} {
  let tags: readonly string[] = [];
  let metadata: JsonObject = {};
  const others: [string, unknown][] = [];
  for (const [name, value] of Object.entries(event)) {
    const word = name.toLowerCase();
    const content = word === "x-tags" || word === "x-metadata" ? parseJson(textOf(value) ?? "") : undefined;
    if (word === "x-tags" && Array.isArray(content)) tags = textsOf(content);
    else if (word === "x-metadata" && isJsonObject(content)) metadata = content;
    else if (!knownNames.has(word)) others.push([name, value]);
  }
  return { tags, metadata: toMetadata({ ...Object.fromEntries(others), ...metadata }) };
}
