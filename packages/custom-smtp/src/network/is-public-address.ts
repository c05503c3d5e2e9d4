import ipaddr from "ipaddr.js";

/** Looks public but answers cloud metadata: the Azure platform address. */
const notPublicAnyway = new Set(["168.63.129.16"]);

const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address is global unicast. Everything else is not: loopback, private, link-local and metadata,
 * carrier-grade NAT, multicast, reserved, and every form that embeds an IPv4 address. What cannot be parsed is not public.
 * Source: IANA special-purpose address registries, as ipaddr.js carries them.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes("%")) return false;
  const parsed = ipaddr.process(address);
  // The only block that IANA gives out: others embed IPv4 addresses, or are nobody's.
  if (parsed.kind() === "ipv6" && !parsed.match(globalUnicast)) return false;
  return parsed.range() === "unicast" && !notPublicAnyway.has(parsed.toString());
}
