const asciiLabel = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
// RFC 5891 section 4.2.3: no hyphens at the ends or in third and fourth place, no leading mark.
const unicodeLabel = /^(?!-|..--|\p{M})(?:[a-z\d-]|(?![\0-\x7f]|\p{DI})[\p{L}\p{M}\p{N}])+(?<!-)$/u;

/** A host name that every reader takes as it is: no label with hyphens in third and fourth place, the last without digits. */
const plainDomain = /^(?:(?!..--)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i;

/**
 * The domain in A-labels, or "" if it is not one that mail can go to. An ASCII domain keeps its spelling; a Unicode one
 * has to be in its canonical form already, because two spellings of one domain are two stored addresses.
 */
export function toAsciiDomain(domain: string): string {
  if (domain === "localhost" || plainDomain.test(domain)) return domain;
  const lower = domain.toLowerCase();
  const given = lower.split(".");
  const host = hostOf(domain);
  const labels = host.split(".");
  const isAscii = host === lower;
  const holds =
    (isAscii || domain === lower.normalize("NFKC")) &&
    labels.length > 1 &&
    // A numeric last label makes resolvers read the whole as an IPv4 address.
    !/\.(?:\d+|0x[\da-f]*)$/.test(host) &&
    // A label stays as it is or becomes an A-label; nothing may be mapped away.
    labels.every((label, index) => {
      const original = given[index] ?? "";
      return (
        asciiLabel.test(label) &&
        (label === original || (label.startsWith("xn--") && unicodeLabel.test(original)))
      );
    });
  return holds ? (isAscii ? domain : host) : "";
}

/** The URL parser is the one implementation of UTS 46 that browsers, workers and Node share. */
function hostOf(domain: string): string {
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return "";
  }
}
