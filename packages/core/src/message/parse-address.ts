import { countOctets } from "./count-octets.js";
import { toAsciiDomain } from "./to-ascii-domain.js";

/** The canonical address, or why there is none, as a sentence. */
export type ParsedAddress =
  | { readonly address: string; readonly reason?: undefined }
  | { readonly address?: undefined; readonly reason: string };

// RFC 5322 atext, and for SMTPUTF8 (RFC 6531) what is visible beyond ASCII. Blanks, controls, format characters (bidi,
// zero width), private use and lone surrogates are in none of these categories; U+2800 is a symbol that shows nothing.
const atom = /^(?!\p{M})(?:[\w!#$%&'*+/=?^`{|}~-]|(?![\0-\x7f\u2800]|\p{DI})[\p{L}\p{M}\p{N}\p{S}])+$/u;

/** What nearly all addresses look like before the @; every form of Unicode leaves it as it is. */
const asciiLocalPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;

const tooLong = "Longer than 254 octets.";

/**
 * Reads a bare address (RFC 5321 Mailbox without quoted local parts, comments, groups, routes and address literals).
 * It refuses rather than cleans, so what comes out is what went in: only a domain in Unicode becomes its A-labels.
 */
export function parseAddress(text: unknown): ParsedAddress {
  if (typeof text !== "string") return { reason: "Must be text." };
  // Before any pattern looks at it; no character is shorter than one octet.
  if (text.length > 254) return { reason: tooLong };
  const [local = "", domain = "", ...others] = text.split("@");
  if (others.length > 0 || !isLocalPart(local) || countOctets(local) > 64) {
    return {
      reason: "Before the one @ must be 1 to 64 letters, digits, inner dots or symbols such as + and _.",
    };
  }
  const asciiDomain = toAsciiDomain(domain);
  if (!asciiDomain) {
    return { reason: "After the @ must be a domain such as example.com, in lower case if not ASCII." };
  }
  const address = `${local}@${asciiDomain}`;
  return countOctets(address) > 254 ? { reason: tooLong } : { address };
}

function isLocalPart(local: string): boolean {
  if (asciiLocalPart.test(local) && !local.includes("=?")) return true;
  const fits = (value: string) => value.split(".").every((part) => atom.test(part));
  // A compatibility form that is syntax elsewhere (a full-width "<") would be read differently there. An
  // encoded word (RFC 2047), which some readers decode inside addresses too.
  return (
    fits(local) && local === local.normalize() && fits(local.normalize("NFKC")) && !/=\?.*\?=/.test(local)
  );
}
