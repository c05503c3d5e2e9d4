import type { TLSSocket } from "node:tls";
import type { CertificateSummary } from "@getfluxly/email-core";

/** The certificate that the other side showed, verified or not; undefined if it showed none. */
export function toCertificateSummary(socket: TLSSocket): CertificateSummary | undefined {
  const certificate = socket.getPeerCertificate();
  if (!certificate.fingerprint256) return undefined;
  return {
    subject: toName(certificate.subject),
    issuer: toName(certificate.issuer),
    names: namesOf(certificate.subjectaltname, certificate.subject?.CN),
    notBefore: new Date(certificate.valid_from).toISOString(),
    notAfter: new Date(certificate.valid_to).toISOString(),
    sha256: certificate.fingerprint256,
  };
}

function toName(name: object | undefined): string {
  return Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(", ")
    .slice(0, 200);
}

function namesOf(alternatives: string | undefined, commonName: unknown): string[] {
  const names = [...(alternatives ?? "").matchAll(/(?:DNS|IP Address):([^,\s"]+)/g)].map(
    ([, name = ""]) => name,
  );
  return names.length > 0 ? names.slice(0, 50) : [String(commonName ?? "")].filter((name) => name !== "");
}
