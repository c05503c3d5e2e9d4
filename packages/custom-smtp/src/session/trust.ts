import * as tls from "node:tls";

/**
 * What handshakes go by: TLS 1.2 or newer, the system's authorities and the operator's. Made once per provider, since
 * reading a hundred certificates for every connection would cost more than the handshake.
 */
export function createTrust(certificateAuthorities: readonly string[]): tls.SecureContext {
  return tls.createSecureContext({
    minVersion: "TLSv1.2",
    // Naming authorities replaces the default ones, so they are named too.
    ...(certificateAuthorities.length > 0 && { ca: [...systemAuthorities(), ...certificateAuthorities] }),
  });
}

/** With what NODE_EXTRA_CA_CERTS adds, where this Node can tell (22.15 and newer). */
function systemAuthorities(): readonly string[] {
  return typeof tls.getCACertificates === "function"
    ? tls.getCACertificates("default")
    : tls.rootCertificates;
}
