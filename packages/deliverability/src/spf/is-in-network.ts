import { type Address, parseAddress } from "./parse-network.js";

/** Whether an address lies in the network of another one; never across families. */
export function isInNetwork(address: Address, other: string, prefix: number): boolean {
  const network = parseAddress(other);
  return network !== undefined && network.kind() === address.kind() && address.match(network, prefix);
}
