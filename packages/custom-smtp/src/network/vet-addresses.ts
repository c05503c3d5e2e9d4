import { EmailError, type ProviderContext } from "@getfluxly/email-core";
import { isPublicAddress } from "./is-public-address.js";
import { isLocalhost } from "./resolve-host.js";

type Policy = Pick<ProviderContext, "permitsAddress" | "permitsPlaintext">;

/**
 * The addresses that may be dialled, or a refusal that says nothing about what was found. One refused address refuses
 * them all: a name that mixes public and private answers is how a filter is walked around. (`localhost` is no name of
 * the DNS, so each of its two addresses stands for itself.)
 */
export function vetAddresses(
  target: { readonly host: string; readonly port: number; readonly plaintext: boolean },
  addresses: readonly string[],
  policy: Policy,
): readonly string[] {
  const permits = policy.permitsAddress ?? isPublicAddress;
  const permitsPlaintext =
    policy.permitsPlaintext ?? ((address, port) => !isPublicAddress(address) && permits(address, port));

  const permitted = addresses.filter((address) => permits(address, target.port));
  if (permitted.length === 0 || (permitted.length < addresses.length && !isLocalhost(target.host))) {
    throw new EmailError({
      code: "relay-not-permitted",
      message: "The relay's network is not one that this service may connect to.",
      stage: "network",
    });
  }
  if (target.plaintext && !permitted.every((address) => permitsPlaintext(address, target.port))) {
    throw new EmailError({
      code: "plaintext-not-permitted",
      message: "A connection without TLS is only made to relays in networks that the operator has allowed.",
      stage: "network",
      remedy: "Use smtp_secure `starttls` or `ssl`, or ask the operator to allow the relay's network.",
    });
  }
  return permitted;
}
