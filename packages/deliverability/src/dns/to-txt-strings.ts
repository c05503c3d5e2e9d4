const maximumOctets = 255;

/**
 * A TXT record as the strings it has to be published in: each of at most 255 octets (RFC 1035 section 3.3). They are
 * joined without anything between them, so a cut behind a space keeps that space.
 */
export function toTxtStrings(text: string): string[] {
  const strings: string[] = [];
  let rest = text;
  while (rest.length > maximumOctets) {
    const space = rest.lastIndexOf(" ", maximumOctets - 1);
    const cut = space > 0 ? space + 1 : maximumOctets;
    strings.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...strings, rest];
}
