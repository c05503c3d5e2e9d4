import { type Address, parseAddress } from "./parse-network.js";

/** Whether an address lies in the network of another one; never across families. */
export function isInNetwork(address: Address, other: Address | string, prefix: number): boolean {
  const network = typeof other === "string" ? parseAddress(other) : other;
  if (network === undefined || network.kind() !== address.kind()) return false;
  return address.match(network, prefix);
}
