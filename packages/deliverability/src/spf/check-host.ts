import ipaddr from "ipaddr.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import { evaluateDomain } from "./evaluate-domain.js";
import { type Address, parseAddress } from "./parse-network.js";
import { SpfError } from "./spf-error.js";
import { createSpfEvaluation } from "./spf-evaluation.js";
import type { SpfResult } from "./spf-result.js";
import type { SpfClient } from "./spf-scope.js";

export interface CheckHostOptions {
  /** The address of the client, IPv4 or IPv6. One mapped into IPv6 is taken as the IPv4 address it is. */
  readonly ip: string;
  /** MAIL FROM; empty or without a local part: `postmaster` at its domain, or at `helo`. */
  readonly sender: string;
  /** The name the client gave with HELO or EHLO. */
  readonly helo: string;
  /** Whose record is evaluated; default: the domain of the sender. */
  readonly domain?: string | undefined;
  readonly resolver: DnsResolver;
  readonly signal?: AbortSignal | undefined;
  /** For `%{r}`; default `unknown`. */
  readonly receiver?: string | undefined;
  /** For `%{t}`; default: the clock. */
  readonly now?: Date | undefined;
}

/** `check_host()` of RFC 7208: whether an address may send for a domain. Throws only for an address that is none. */
export async function checkHost(options: CheckHostOptions): Promise<SpfResult> {
  const at = options.sender.lastIndexOf("@");
  const senderDomain = options.sender === "" ? options.helo : options.sender.slice(at + 1);
  const local = at > 0 ? options.sender.slice(0, at) : "postmaster";
  const client: SpfClient = {
    address: toAddress(options.ip),
    sender: `${local}@${senderDomain}`,
    helo: options.helo,
    receiver: options.receiver ?? "unknown",
    now: options.now ?? new Date(),
  };
  const evaluation = createSpfEvaluation(options.resolver, options.signal);
  const counts = () => ({ lookups: evaluation.lookups, voidLookups: evaluation.voidLookups });
  try {
    const verdict = await evaluateDomain(options.domain ?? senderDomain, client, evaluation);
    return { ...verdict, ...counts() };
  } catch (error) {
    if (!(error instanceof SpfError)) throw error;
    return { result: error.result, problem: error.message, ...counts() };
  }
}

function toAddress(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new TypeError(`${JSON.stringify(text)} is not an IP address.`);
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}
