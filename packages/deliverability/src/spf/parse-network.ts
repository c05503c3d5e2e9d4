import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

export interface Network {
  /** An IPv4 address, or an IPv6 address as short as it can be written; bits after the prefix stand as they were. */
  readonly address: string;
  /** In bits. */
  readonly prefix: number;
}

const octet = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const dottedQuad = new RegExp(`^${octet}(\\.${octet}){3}$`);
const prefixLength = /^(0|[1-9]\d*)$/;

/** A strict IPv4 address: four decimal numbers without leading zeros, as `ip4-network` asks for. */
function parseIp4(text: string): ipaddr.IPv4 | undefined {
  return dottedQuad.test(text) ? ipaddr.IPv4.parse(text) : undefined;
}

/** A strict IPv6 address without zone (RFC 4291 section 2.2). */
function parseIp6(text: string): ipaddr.IPv6 | undefined {
  const embedded = text.slice(text.lastIndexOf(":") + 1);
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(":")) return undefined;
  if (embedded.includes(".") && !dottedQuad.test(embedded)) return undefined;
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
}

/** An address of either family, as strict. */
export function parseAddress(text: string): Address | undefined {
  return parseIp4(text) ?? parseIp6(text);
}

/** A prefix length without leading zeros, at most `maximum`. */
export function parsePrefix(text: string, maximum: number): number | undefined {
  const length = Number(text);
  return prefixLength.test(text) && length <= maximum ? length : undefined;
}

/** `address` or `address/prefix`. */
export function parseNetwork(text: string, family: 4 | 6): Network | undefined {
  const slash = text.indexOf("/");
  const [host, length] = slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
  const maximum = family === 4 ? 32 : 128;
  const address = family === 4 ? parseIp4(host) : parseIp6(host);
  const prefix = length === undefined ? maximum : parsePrefix(length, maximum);
  return address === undefined || prefix === undefined ? undefined : { address: address.toString(), prefix };
}
