import type { WireLines } from "./wire-lines.js";

/** An ASCII text that begins a line and has \n as line end: it goes out with CRLF, leading dots doubled (RFC 5321). */
export function toTextLines(text: string): WireLines {
  const lines = text.replace(/\n/g, "\r\n");
  const stuffed = lines.startsWith(".") || lines.includes("\n.") ? lines.replace(/(^|\n)\./g, "$1..") : lines;
  const wire: WireLines = {
    length: stuffed.length,
    size: lines.length,
    write: (target, position) => target.write(stuffed, position, "latin1"),
    slices: () => [wire],
  };
  return wire;
}
