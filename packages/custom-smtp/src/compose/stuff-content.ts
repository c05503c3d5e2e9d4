const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dot = 0x2e;
const lineEnd = Buffer.from("\r\n");
const extraDot = Buffer.from(".");

/**
 * Content as it goes after DATA (RFC 5321 sections 2.3.8 and 4.5.2): every line end becomes CRLF, bare CR and LF
 * included, the last line gets one, and a leading dot is doubled. `size` counts before dots are doubled.
 */
export function stuffContent(content: Buffer): { readonly stuffed: Buffer; readonly size: number } {
  const pieces: Buffer[] = [];
  let dots = 0;
  let lineStart = 0;
  // What is already right is not copied line by line: `pending` is where the current run of good lines began.
  let pending = 0;
  let nextReturn = content.indexOf(carriageReturn);
  let nextFeed = content.indexOf(lineFeed);

  while (lineStart < content.length) {
    if (content[lineStart] === dot) {
      pieces.push(content.subarray(pending, lineStart), extraDot);
      pending = lineStart;
      dots += 1;
    }
    if (nextReturn < 0 && nextFeed < 0) break;
    const isPair = nextReturn >= 0 && nextFeed === nextReturn + 1;
    const end = nextReturn >= 0 && (nextFeed < 0 || nextReturn < nextFeed) ? nextReturn : nextFeed;
    lineStart = isPair ? end + 2 : end + 1;
    if (!isPair) {
      pieces.push(content.subarray(pending, end), lineEnd);
      pending = lineStart;
    }
    if (nextReturn >= 0 && nextReturn < lineStart) nextReturn = content.indexOf(carriageReturn, lineStart);
    if (nextFeed >= 0 && nextFeed < lineStart) nextFeed = content.indexOf(lineFeed, lineStart);
  }
  pieces.push(content.subarray(pending));
  if (lineStart < content.length) pieces.push(lineEnd);
  const stuffed = pieces.length === 1 ? content : Buffer.concat(pieces);
  return { stuffed, size: stuffed.length - dots };
}
