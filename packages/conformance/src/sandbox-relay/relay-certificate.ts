import {
  createTestCertificateAuthority,
  type IssuedCertificate,
  type TestCertificateAuthority,
} from "./test-certificate-authority.js";

export type RelayCertificateKind =
  | "valid"
  | "self_signed"
  | "expired"
  | "not_yet_valid"
  | "wrong_name"
  | "untrusted_issuer";

const dayMs = 86_400_000;
const loopbackNames = ["localhost", "127.0.0.1", "::1"];

let shared: TestCertificateAuthority | undefined;

/** One authority per process, made at first use: a client configured once trusts every relay of the test run. */
export function sharedCertificateAuthority(): TestCertificateAuthority {
  shared ??= createTestCertificateAuthority();
  return shared;
}

/** The certificate that a relay presents; `names` are valid beside the loopback names. */
export function relayCertificate(kind: RelayCertificateKind, names: readonly string[]): IssuedCertificate {
  const authority = sharedCertificateAuthority();
  const request = { names: [...loopbackNames, ...names] };
  const now = Date.now();
  switch (kind) {
    case "valid":
      return authority.issue(request);
    case "self_signed":
      return authority.issueSelfSigned(request);
    case "expired":
      return authority.issue({
        ...request,
        notBefore: new Date(now - 30 * dayMs),
        notAfter: new Date(now - dayMs),
      });
    case "not_yet_valid":
      return authority.issue({
        ...request,
        notBefore: new Date(now + dayMs),
        notAfter: new Date(now + 30 * dayMs),
      });
    case "wrong_name":
      return authority.issue({ names: ["wrong-name.test"] });
    case "untrusted_issuer":
      return createTestCertificateAuthority("Untrusted CA").issue(request);
  }
}
