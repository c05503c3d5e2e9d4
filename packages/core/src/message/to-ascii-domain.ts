const asciiLabel = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
// RFC 5891 section 4.2.3: no hyphens at the ends or in third and fourth place, no leading mark.
const unicodeLabel =
  /^(?!-|..--|\p{M})(?:[a-z\d-]|(?![\0-\x7f]|\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}])+(?<!-)$/u;

/**
 * The domain in A-labels, or undefined if it is not one that mail can go to. An ASCII domain keeps its spelling; a
 * Unicode one has to be in its canonical form already, because two spellings of one domain are two stored addresses.
 */
export function toAsciiDomain(domain: string): string | undefined {
  if (domain === "localhost") return domain;
  const given = domain.split(".");
  const isAscii = given.every((label) => asciiLabel.test(label));
  const isCanonical =
    isAscii ||
    (domain === domain.normalize("NFKC").toLowerCase() && given.every((label) => unicodeLabel.test(label)));
  if (!isCanonical || given.length < 2) return undefined;
  const resolved = isAscii && !/(?:^|\.)xn--/i.test(domain) ? domain : hostOf(domain);
  const labels = resolved.split(".");
  const survives = (label: string, index: number) => {
    const original = given[index] ?? "";
    // A label stays as it is or becomes an A-label; nothing may be mapped away.
    return asciiLabel.test(original)
      ? label.toLowerCase() === original.toLowerCase()
      : asciiLabel.test(label) && label.startsWith("xn--");
  };
  // A numeric last label makes resolvers read the whole as an IPv4 address.
  const isNumeric = /(?:^|\.)(?:\d+|0x[\da-f]*)$/i.test(resolved);
  if (isNumeric || labels.length !== given.length || !labels.every(survives)) return undefined;
  return isAscii ? domain : resolved;
}

/** The URL parser is the one implementation of UTS 46 that browsers, workers and Node share. */
function hostOf(domain: string): string {
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return "";
  }
}
