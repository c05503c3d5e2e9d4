/**
 * What is wrong with a certificate, in a sentence, by the code that OpenSSL or Node gives; undefined for handshake
 * failures that are not about the certificate.
 * Source: OpenSSL X509_STORE_CTX_get_error(3), Node.js "Errors".
 */
export function certificateProblem(code: string | undefined, host: string): string | undefined {
  return code === undefined ? undefined : sentences[code]?.(host);
}

const selfSigned = () => "The relay's certificate is self-signed, so nobody vouches for it.";
const unknownIssuer = () =>
  "The relay's certificate comes from an authority that is not trusted here, or the relay leaves out an intermediate certificate.";

const sentences: Readonly<Record<string, (host: string) => string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: () =>
    "The relay's certificate chain ends in an authority that is not trusted here.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  CERT_HAS_EXPIRED: () => "The relay's certificate has expired.",
  CERT_NOT_YET_VALID: () =>
    "The relay's certificate is not valid yet; or the clock of this machine is wrong.",
  CERT_REVOKED: () => "The relay's certificate has been revoked.",
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => `The relay's certificate is not issued for ${host}.`,
  HOSTNAME_MISMATCH: (host) => `The relay's certificate is not issued for ${host}.`,
  INVALID_CA: unknownIssuer,
  INVALID_PURPOSE: () => "The relay's certificate is not issued for servers.",
  CERT_UNTRUSTED: unknownIssuer,
  CERT_REJECTED: unknownIssuer,
  CERT_SIGNATURE_FAILURE: () => "The signature of the relay's certificate is wrong.",
  CERT_CHAIN_TOO_LONG: () => "The relay's certificate chain is too long.",
  PATH_LENGTH_EXCEEDED: () => "The relay's certificate chain is longer than its authority allows.",
  PERMITTED_SUBTREE_VIOLATION: (host) =>
    `The certificate's authority may not issue certificates for ${host}.`,
  EXCLUDED_SUBTREE_VIOLATION: (host) => `The certificate's authority may not issue certificates for ${host}.`,
  ERR_SSL_EE_KEY_TOO_SMALL: () => "The key of the relay's certificate is too short.",
  ERR_SSL_CA_MD_TOO_WEAK: () => "The relay's certificate is signed with an outdated algorithm.",
};
