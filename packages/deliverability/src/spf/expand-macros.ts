import ipaddr from "ipaddr.js";
import type { Macro, MacroString } from "./macro-string.js";
import type { Address } from "./parse-network.js";

export interface MacroValues {
  readonly address: Address;
  /** `local@domain`. */
  readonly sender: string;
  /** The domain whose record is evaluated. */
  readonly domain: string;
  readonly helo: string;
  /** The name of the host that evaluates, for `%{r}`. */
  readonly receiver: string;
  readonly now: Date;
  /** The validated name of the address, for `%{p}`; asked for only when a macro needs it. */
  validatedName(): Promise<string>;
}

/** Expands by RFC 7208 section 7.3. */
export async function expandMacros(text: MacroString, values: MacroValues): Promise<string> {
  let expanded = "";
  for (const part of text) {
    expanded += typeof part === "string" ? part : transform(await toValue(part.letter, values), part);
  }
  return expanded;
}

async function toValue(letter: string, values: MacroValues): Promise<string> {
  const at = values.sender.lastIndexOf("@");
  const { address } = values;
  switch (letter) {
    case "s":
      return values.sender;
    case "l":
      return values.sender.slice(0, at);
    case "o":
      return values.sender.slice(at + 1);
    case "d":
      return values.domain;
    case "i":
      return address instanceof ipaddr.IPv4 ? address.toString() : toNibbles(address);
    case "p":
      return values.validatedName();
    case "v":
      return address instanceof ipaddr.IPv4 ? "in-addr" : "ip6";
    case "h":
      return values.helo;
    case "c":
      return address.toString();
    case "r":
      return values.receiver;
    default:
      return String(Math.floor(values.now.getTime() / 1000));
  }
}

function toNibbles(address: ipaddr.IPv6): string {
  const digits = address.toByteArray().map((byte) => byte.toString(16).toUpperCase().padStart(2, "0"));
  return [...digits.join("")].join(".");
}

function transform(value: string, { delimiters, reverse, keep, escape: isEscaped }: Macro): string {
  let parts = [value];
  for (const delimiter of delimiters) parts = parts.flatMap((part) => part.split(delimiter));
  if (reverse) parts.reverse();
  const text = (keep === undefined ? parts : parts.slice(-keep)).join(".");
  return isEscaped ? encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, toPercent) : text;
}

function toPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
