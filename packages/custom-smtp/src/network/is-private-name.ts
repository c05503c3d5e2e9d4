/**
 * Whether a name can only be one of the own network: a single label, or below a domain that the public DNS does not have
 * (RFC 6762, RFC 8375, ICANN's `.internal`, and what routers make up). Whether such a name exists tells something about
 * that network.
 */
export function isPrivateName(host: string): boolean {
  const name = host.replace(/\.$/, "").toLowerCase();
  return (
    !/[.:]/.test(name) ||
    /\.(?:local|localhost|localdomain|internal|intranet|lan|home|corp|private|home\.arpa)$/.test(name)
  );
}
