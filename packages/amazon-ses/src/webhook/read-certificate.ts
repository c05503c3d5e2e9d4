import { fromBase64 } from "@getfluxly/email-core/webhook";
import { type DerElement, readDer } from "./read-der.js";

export interface SigningCertificate {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const tags = { sequence: 0x30, version: 0xa0, integer: 0x02, utcTime: 0x17, generalizedTime: 0x18 } as const;

/**
 * Key and dates of the first certificate of a PEM text (RFC 5280 section 4.1); undefined for anything else. Who issued it is
 * not looked at: what vouches for it is where it was downloaded from.
 */
export function readCertificate(pem: string): SigningCertificate | undefined {
  const [, body = ""] = /-----BEGIN CERTIFICATE-----([\w+/=\s]+)-----END CERTIFICATE-----/.exec(pem) ?? [];
  const certificate = only(readDer(fromBase64(body.replace(/\s/g, ""))));
  const [toBeSigned] = childrenOf(certificate);
  const fields = childrenOf(toBeSigned);
  const [serialNumber, , , validity, , publicKey] =
    fields[0]?.tag === tags.version ? fields.slice(1) : fields;
  const [notBefore, notAfter] = childrenOf(validity).map(toDate);
  const isComplete = serialNumber?.tag === tags.integer && publicKey?.tag === tags.sequence;
  return isComplete && notBefore && notAfter
    ? { publicKey: publicKey.octets, notBefore, notAfter }
    : undefined;
}

const only = (elements: readonly DerElement[] | undefined) =>
  elements?.length === 1 ? elements[0] : undefined;

function childrenOf(element: DerElement | undefined): readonly DerElement[] {
  return (element?.tag === tags.sequence && readDer(element.content)) || [];
}

/** RFC 5280 section 4.1.2.5: two-digit years are those from 1950 to 2049. */
function toDate({ tag, content }: DerElement): Date | undefined {
  const text = String.fromCharCode(...content);
  const century = tag === tags.generalizedTime ? "" : Number(text.slice(0, 2)) < 50 ? "20" : "19";
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + text) ?? [];
  const isTime = tag === tags.utcTime || tag === tags.generalizedTime;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return isTime && !Number.isNaN(date.getTime()) ? date : undefined;
}
