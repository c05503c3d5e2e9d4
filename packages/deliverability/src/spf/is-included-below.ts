import { normalizeName } from "../dns/normalize-name.js";
import type { SpfLookup } from "./spf-lookups.js";

/** Whether a record that is included, or redirected to, already includes a relay's own; a second include would only cost lookups. */
export function isIncludedBelow(tree: readonly SpfLookup[], include: string): boolean {
  return tree.some(({ term, behind }) => {
    if (!/^(\+?include:|redirect=)/i.test(term)) return false;
    const isThere = behind.some(
      (lookup) =>
        /^\+?include:/i.test(lookup.term) &&
        lookup.problem === undefined &&
        lookup.target !== undefined &&
        normalizeName(lookup.target) === normalizeName(include),
    );
    return isThere || isIncludedBelow(behind, include);
  });
}
