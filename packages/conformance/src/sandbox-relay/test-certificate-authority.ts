import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP, isIPv4 } from "node:net";
import { der } from "./der.js";

export interface CertificateRequest {
  /** DNS names and IP addresses for subjectAltName. An empty list leaves the extension out. */
  readonly names: readonly string[];
  /** Default: the first name. */
  readonly commonName?: string | undefined;
  /** Default: one hour ago. */
  readonly notBefore?: Date | undefined;
  /** Default: one day ahead. */
  readonly notAfter?: Date | undefined;
  /** Extended key usage (RFC 5280 section 4.2.1.12). Default `server`. */
  readonly purpose?: "server" | "client" | undefined;
}

export interface IssuedCertificate {
  /** PEM: the certificate, followed by its intermediates. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly key: string;
}

export interface TestCertificateAuthority {
  /** PEM: what a client has to trust. */
  readonly certificate: string;
  issue(request: CertificateRequest): IssuedCertificate;
  /** Signs with its own key instead of the authority's: what a self-signed relay presents. */
  issueSelfSigned(request: CertificateRequest): IssuedCertificate;
  /** An authority below this one. With `chain: "omitted"` its certificates come without it, as from a misconfigured relay. */
  issueAuthority(options?: { readonly chain?: "included" | "omitted" | undefined }): TestCertificateAuthority;
}

interface Issuer {
  readonly name: string;
  readonly keys: Keys;
}
type Keys = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const hourMs = 3_600_000;
const ecdsaWithSha256 = der.sequence(der.objectIdentifier("1.2.840.10045.4.3.2"));

/**
 * A certificate authority for tests: a fresh ECDSA P-256 key, nothing on disk. Written on `node:crypto` alone, since the
 * X.509 libraries on npm patch the global `Reflect`, which a test tool must not do to the code under test.
 */
export function createTestCertificateAuthority(name = "Sandbox relay test CA"): TestCertificateAuthority {
  const root = { name: `${name} ${randomBytes(4).toString("hex")}`, keys: createKeys() };
  return toAuthority(root, authorityCertificate(root, root), "");
}

function toAuthority(issuer: Issuer, certificate: string, chain: string): TestCertificateAuthority {
  return {
    certificate,
    issue: (request) => issueLeaf(request, issuer, chain),
    issueSelfSigned: (request) => issueLeaf(request, undefined, ""),
    issueAuthority: (options) => {
      const below = { name: `${issuer.name} / ${randomBytes(4).toString("hex")}`, keys: createKeys() };
      const belowCertificate = authorityCertificate(below, issuer);
      return toAuthority(
        below,
        belowCertificate,
        options?.chain === "omitted" ? "" : belowCertificate + chain,
      );
    },
  };
}

function issueLeaf(
  request: CertificateRequest,
  signer: Issuer | undefined,
  chain: string,
): IssuedCertificate {
  const subject = { name: request.commonName ?? request.names[0] ?? "unnamed", keys: createKeys() };
  const usage = request.purpose === "client" ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1";
  const certificate = toCertificate({
    subject,
    issuer: signer ?? subject,
    notBefore: request.notBefore ?? new Date(Date.now() - hourMs),
    notAfter: request.notAfter ?? new Date(Date.now() + 24 * hourMs),
    extensions: [
      extension("2.5.29.15", der.bitString(Buffer.of(0x80), 7), true), // keyUsage: digitalSignature
      extension("2.5.29.37", der.sequence(der.objectIdentifier(usage))),
      ...(request.names.length > 0 ? [subjectAlternativeName(request.names)] : []),
    ],
  });
  return {
    certificate: certificate + chain,
    key: subject.keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function authorityCertificate(subject: Issuer, issuer: Issuer): string {
  return toCertificate({
    subject,
    issuer,
    notBefore: new Date(Date.now() - 10 * 365 * 24 * hourMs),
    notAfter: new Date(Date.now() + 10 * 365 * 24 * hourMs),
    extensions: [
      extension("2.5.29.19", der.sequence(der.true), true), // basicConstraints: CA
      extension("2.5.29.15", der.bitString(Buffer.of(0x06), 1), true), // keyUsage: keyCertSign, cRLSign
    ],
  });
}

/** RFC 5280 section 4.1. */
function toCertificate(content: {
  readonly subject: Issuer;
  readonly issuer: Issuer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Buffer[];
}): string {
  const { subject, issuer } = content;
  const publicKey = subject.keys.publicKey.export({ type: "spki", format: "der" });
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.of(2))), // version 3
    der.integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ecdsaWithSha256,
    distinguishedName(issuer.name),
    der.sequence(der.time(content.notBefore), der.time(content.notAfter)),
    distinguishedName(subject.name),
    publicKey,
    der.explicit(
      3,
      der.sequence(
        ...content.extensions,
        extension("2.5.29.14", der.octetString(keyIdentifier(subject.keys))),
        extension("2.5.29.35", der.sequence(der.implicit(0, keyIdentifier(issuer.keys)))),
      ),
    ),
  );
  const signature = sign("sha256", toBeSigned, issuer.keys.privateKey);
  const body = der.sequence(toBeSigned, ecdsaWithSha256, der.bitString(signature)).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${body.replace(/(.{64})/g, "$1\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
}

const createKeys = (): Keys => generateKeyPairSync("ec", { namedCurve: "P-256" });

const keyIdentifier = (keys: Keys): Buffer =>
  createHash("sha1")
    .update(keys.publicKey.export({ type: "spki", format: "der" }))
    .digest();

const distinguishedName = (commonName: string): Buffer =>
  der.sequence(der.set(der.sequence(der.objectIdentifier("2.5.4.3"), der.utf8String(commonName))));

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  der.sequence(der.objectIdentifier(id), ...(critical ? [der.true] : []), der.octetString(value));

function subjectAlternativeName(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    isIP(name) ? der.implicit(7, addressBytes(name)) : der.implicit(2, Buffer.from(name, "latin1")),
  );
  return extension("2.5.29.17", der.sequence(...entries));
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail = ""] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return Buffer.from([...left, ...zeros, ...right].map((group) => group.padStart(4, "0")).join(""), "hex");
}
