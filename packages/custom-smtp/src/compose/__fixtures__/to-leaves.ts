/** A part without parts. */
export interface Leaf {
  /** Its header fields as they lie in the message, with their folds. */
  readonly head: string;
  /** Unfolded, by lower-case name. */
  readonly fields: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The parts of a message, by RFC 2046 to the letter: it repairs nothing, so a frame that is wrong is seen. */
export function toLeaves(entity: string): Leaf[] {
  const end = entity.indexOf("\r\n\r\n");
  if (end < 0) throw new Error(`A part without an empty line after its header fields: ${entity}`);
  const head = entity.slice(0, end);
  const fields = new Map(
    head
      .replace(/\r\n(?=[ \t])/g, "")
      .split("\r\n")
      .map((field): [string, string] => {
        const colon = field.indexOf(": ");
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 2)];
      }),
  );
  const body = entity.slice(end + 4);
  const boundary = /^multipart\/.*boundary="([^"]+)"$/.exec(fields.get("content-type") ?? "")?.[1];
  if (boundary === undefined) return [{ head, fields, body }];
  const [preamble, ...parts] = `\r\n${body}`.split(`\r\n--${boundary}`);
  const closing = parts.pop();
  if (preamble !== "" || !/^--(?:\r\n)?$/.test(closing ?? ""))
    throw new Error(`A frame that is not closed: ${body}`);
  return parts.flatMap((part) => {
    if (!part.startsWith("\r\n")) throw new Error(`A part beside its boundary: ${part}`);
    return toLeaves(part.slice(2));
  });
}
