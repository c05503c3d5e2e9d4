import type { Read } from "./read.js";

/** A text that fits the pattern, of at most `limit` UTF-16 units; the pattern sees no longer ones. */
export function text(pattern: RegExp, sentence: string, limit: number): Read<string> {
  return (value, path, report) => {
    if (typeof value !== "string") return report(path, "Must be text.");
    if (value.length > limit) return report(path, `Longer than ${limit} characters.`, "message-too-large");
    return pattern.test(value) ? value : report(path, sentence);
  };
}
