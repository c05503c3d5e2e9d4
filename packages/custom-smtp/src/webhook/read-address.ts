import { fromXtext } from "./from-xtext.js";

/** An address field of a report: its type, a semicolon, the address (RFC 3464 section 2.1.2, RFC 6533 section 3). */
export function readAddress(field: string | undefined, isOriginal: boolean): string | undefined {
  const [type = "", ...rest] = (field ?? "").split(";");
  const bare = rest.join(";").trim().replace(/^<|>$/g, "");
  if (/^utf-8$/i.test(type.trim())) {
    return bare.replace(/\\x\{([\dA-F]{2,6})\}/gi, (whole, digits: string) => {
      const point = Number.parseInt(digits, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    });
  }
  // Only what the sender wrote into ORCPT is in xtext.
  const address = isOriginal ? fromXtext(bare) : bare;
  return /^rfc822$/i.test(type.trim()) && /^[^\s@]+@[^\s@]+$/.test(address) ? address : undefined;
}
