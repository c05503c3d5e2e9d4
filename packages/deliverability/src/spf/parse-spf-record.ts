import { parseSpfTerm } from "./parse-spf-term.js";
import type { SpfProblem, SpfRecord, SpfTerm } from "./spf-record.js";

/** Takes a record apart, strictly: all that is wrong is in `problems`, wherever it stands (RFC 7208 section 4.6). */
export function parseSpfRecord(source: string): SpfRecord {
  const terms: SpfTerm[] = [];
  const problems: SpfProblem[] = [];
  const [version = "", ...words] = source.split(/ +/);
  if (version.toLowerCase() !== "v=spf1") {
    return {
      source,
      terms,
      problems: [{ term: version, message: "A record begins with `v=spf1` and a space." }],
    };
  }
  for (const word of words.filter((text) => text !== "")) {
    const term = /^[!-~]+$/.test(word) ? parseSpfTerm(word) : "Only visible US-ASCII characters are allowed.";
    if (typeof term === "string") problems.push({ term: word, message: term });
    else terms.push(term);
  }
  for (const kind of ["redirect", "exp"] as const) {
    const found = terms.filter((term) => term.kind === kind);
    for (const { source } of found.slice(1)) {
      problems.push({ term: source, message: `\`${kind}=\` may stand in a record only once.` });
    }
  }
  return { source, terms, problems };
}
