import { parseMacroString } from "./parse-macro-string.js";
import type { SpfModifier } from "./spf-record.js";
import type { SpfScope } from "./spf-scope.js";
import { truncateName } from "./truncate-name.js";

/** The text behind `exp=` (RFC 7208 section 6.2); whatever is wrong with it, there is none. Nothing of it counts as a lookup. */
export async function findExplanation(
  modifier: Extract<SpfModifier, { kind: "exp" }> | undefined,
  scope: SpfScope,
): Promise<string | undefined> {
  if (modifier === undefined) return undefined;
  const name = truncateName(await scope.expand(modifier.domain));
  const records = await scope.evaluation.recordsIfAny(name, "TXT");
  const [text] = records;
  if (text === undefined || records.length > 1) return undefined;
  const parsed = parseMacroString(text, true);
  return parsed === undefined ? undefined : scope.expand(parsed);
}
