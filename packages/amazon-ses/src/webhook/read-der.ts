export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array<ArrayBuffer>;
  /** Tag, length and content. */
  readonly octets: Uint8Array<ArrayBuffer>;
}

/**
 * The elements that stand one after the other (ITU-T X.690), with one-octet tags and lengths below 64 KiB in their shortest
 * form; undefined when that is not what they are, to the last octet.
 */
export function readDer(octets: Uint8Array<ArrayBuffer> | undefined): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  for (let rest = octets; ; ) {
    if (!rest) return undefined;
    if (rest.length === 0) return elements;
    const element = readElement(rest);
    if (!element) return undefined;
    elements.push(element);
    rest = rest.subarray(element.octets.length);
  }
}

function readElement(octets: Uint8Array<ArrayBuffer>): DerElement | undefined {
  const [tag = 0, first = 0, second = 0, third = 0] = octets;
  // Tags of several octets are not in the parts that we walk through.
  if ((tag & 0x1f) === 0x1f) return undefined;
  const [headerLength, length, shortest] =
    first < 0x80 ? [2, first, 0] : first === 0x81 ? [3, second, 0x80] : [4, second * 256 + third, 0x100];
  const isKnownForm = first < 0x80 || first === 0x81 || first === 0x82;
  const end = headerLength + length;
  if (!isKnownForm || length < shortest || end > octets.length) return undefined;
  return { tag, content: octets.subarray(headerLength, end), octets: octets.subarray(0, end) };
}
