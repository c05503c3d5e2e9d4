import { EmailError } from "@getfluxly/email-core";
import ipaddr from "ipaddr.js";
import { isPublicAddress } from "./is-public-address.js";

type Judgement = (address: string, port: number) => boolean;

/** Both go into the context of `registry.open`. */
export interface RelayNetworkPolicy {
  /** Public addresses, and those in a network that the operator allowed. */
  readonly permitsAddress: Judgement;
  /** Only networks that the operator allowed: `smtp_secure: "none"` is for these. */
  readonly permitsPlaintext: Judgement;
}

export interface RelayNetworkPolicyOptions {
  /** CIDR blocks (`10.1.0.0/16`, `fd00::/8`) or single addresses that relays may live in besides public ones. */
  readonly allowNetworks?: readonly string[] | undefined;
  /** Ports that public relays may be reached on. Default: any. Never limits allowed networks. */
  readonly allowPorts?: readonly number[] | undefined;
}

/** Throws `config-invalid` for a network that is not in CIDR form. */
export function createRelayNetworkPolicy(options: RelayNetworkPolicyOptions = {}): RelayNetworkPolicy {
  const networks = (options.allowNetworks ?? []).map(parseNetwork);
  const ports = options.allowPorts && new Set(options.allowPorts);

  const isAllowed = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return networks.some(
      ([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits),
    );
  };

  return {
    permitsAddress: (address, port) =>
      isAllowed(address) || (isPublicAddress(address) && (ports === undefined || ports.has(port))),
    permitsPlaintext: (address) => isAllowed(address),
  };
}

function parseNetwork(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  // Only the usual spelling: 010.0.0.0/8 or 0x0a.0.0.0/8 means different things to different readers.
  if (ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text))
    return ipaddr.parseCIDR(text);
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return [ipaddr.IPv4.parse(text), 32];
  if (ipaddr.IPv6.isValid(text)) return [ipaddr.IPv6.parse(text), 128];
  throw invalid(text);
}

function invalid(text: string): EmailError {
  return new EmailError({
    code: "config-invalid",
    message: `"${text}" is not a network in CIDR form such as 10.1.0.0/16 or fd00::/8.`,
    stage: "config",
    actor: "operator",
    remedy: "Write each allowed network as address/prefix length, separated by commas.",
  });
}
