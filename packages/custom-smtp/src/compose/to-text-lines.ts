import type { WireLines } from "./wire-lines.js";

const sliceCharacters = 64 * 1024;

/** An ASCII text that begins a line and has \n as line end: it goes out with CRLF, leading dots doubled (RFC 5321). */
export function toTextLines(text: string): WireLines {
  const lines = text.replace(/\n/g, "\r\n");
  const stuffed = lines.startsWith(".") || lines.includes("\n.") ? lines.replace(/(^|\n)\./g, "$1..") : lines;
  return {
    length: stuffed.length,
    size: lines.length,
    write: (target, position) => target.write(stuffed, position, "latin1"),
    slices: () => slices(text),
  };
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
