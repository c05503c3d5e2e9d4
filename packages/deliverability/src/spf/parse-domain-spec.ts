import type { MacroString } from "./macro-string.js";
import { parseMacroString } from "./parse-macro-string.js";

const endsInMacro = /%(\{[^}]*\}|[%_-])$/;
const endsInTopLabel = /\.([a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])\.?$/i;

/** A `domain-spec` of RFC 7208 section 7.1: it ends in a macro, or in a dot and a label that is not all digits. */
export function parseDomainSpec(text: string): MacroString | undefined {
  if (!endsInMacro.test(text) && !endsInTopLabel.test(text)) return undefined;
  return parseMacroString(text);
}
