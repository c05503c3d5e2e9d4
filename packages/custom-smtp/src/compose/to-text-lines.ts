import type { WireLines } from "./wire-lines.js";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dot = 0x2e;
const sliceCharacters = 64 * 1024;

/** An ASCII text that begins a line and has \n as line end: it goes out with CRLF, leading dots doubled (RFC 5321). */
export function toTextLines(text: string): WireLines {
  const { feeds, dots } = count(text);
  return {
    length: text.length + feeds + dots,
    size: text.length + feeds,
    write: (target, position) => write(text, feeds + dots, target, position),
    slices: () => slices(text),
  };
}

function count(text: string): { feeds: number; dots: number } {
  let feeds = 0;
  let dots = text.charCodeAt(0) === dot ? 1 : 0;
  for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", feed + 1)) {
    feeds += 1;
    if (text.charCodeAt(feed + 1) === dot) dots += 1;
  }
  return { feeds, dots };
}

/** The text is written as far behind as it grows; its lines then move forward, which makes room for what is added. */
function write(text: string, growth: number, target: Buffer, position: number): void {
  const source = position + growth;
  target.write(text, source, "latin1");
  let end = position;
  let lineStart = 0;
  for (let feed = text.indexOf("\n"); feed >= 0; feed = text.indexOf("\n", lineStart)) {
    if (text.charCodeAt(lineStart) === dot) target[end++] = dot;
    target.copyWithin(end, source + lineStart, source + feed);
    end += feed - lineStart;
    target[end++] = carriageReturn;
    target[end++] = lineFeed;
    lineStart = feed + 1;
  }
  // What is left without a line end is in its place already.
  if (text.charCodeAt(lineStart) === dot) target[end] = dot;
}

function* slices(text: string): Iterable<WireLines> {
  let start = 0;
  while (start < text.length) {
    const feed = text.lastIndexOf("\n", start + sliceCharacters);
    const end = feed < start ? text.length : feed + 1;
    yield toTextLines(text.slice(start, end));
    start = end;
  }
}
