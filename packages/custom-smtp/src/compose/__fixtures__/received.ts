import type { Content } from "../../session/content.js";

/** What the relay has after it took the dots out again (RFC 5321 section 4.5.2); one character is one octet. */
export function received({ pieces }: Content): string {
  return Buffer.concat([...pieces])
    .toString("latin1")
    .replace(/(^|\r\n)\./g, "$1");
}
