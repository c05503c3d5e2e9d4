import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface TestCertificate {
  readonly pem: string;
  readonly privateKey: KeyObject;
}

const sequence = (...parts: Buffer[]) => encode(0x30, Buffer.concat(parts));
const sha256WithRsa = sequence(
  encode(0x06, Buffer.from("2a864886f70d01010b", "hex")),
  encode(0x05, Buffer.of()),
);

/** A self-signed certificate, as SNS has them: RSA, X.509 version 3. A year is written as `notAfter` demands. */
export function createSigningCertificate({
  bits = 2048,
  notBefore = new Date("2030-06-01T00:00:00Z"),
  notAfter = new Date("2031-07-01T00:00:00Z"),
  keys = generateKeyPairSync("rsa", { modulusLength: bits }),
  isVersion3 = true,
}: {
  bits?: number;
  notBefore?: Date;
  notAfter?: Date;
  keys?: { publicKey: KeyObject; privateKey: KeyObject };
  isVersion3?: boolean;
} = {}): TestCertificate {
  const commonName = sequence(
    encode(0x06, Buffer.from("550403", "hex")),
    encode(0x0c, Buffer.from("sns.amazonaws.com")),
  );
  const name = sequence(encode(0x31, commonName));
  const toBeSigned = sequence(
    ...(isVersion3 ? [encode(0xa0, encode(0x02, Buffer.of(2)))] : []),
    encode(0x02, Buffer.of(0x01, 0x02, 0x03)),
    sha256WithRsa,
    name,
    sequence(toTime(notBefore), toTime(notAfter)),
    name,
    keys.publicKey.export({ type: "spki", format: "der" }),
  );
  const algorithm = keys.privateKey.asymmetricKeyType === "rsa" ? "sha256" : null;
  const signature = algorithm ? sign(algorithm, toBeSigned, keys.privateKey) : Buffer.alloc(64);
  const whole = sequence(toBeSigned, sha256WithRsa, encode(0x03, Buffer.concat([Buffer.of(0), signature])));
  return { pem: toPem(whole), privateKey: keys.privateKey };
}

export function toPem(octets: Uint8Array): string {
  const lines =
    Buffer.from(octets)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function toTime(date: Date): Buffer {
  const digits = `${date.toISOString().replace(/\D/g, "").slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050
    ? encode(0x17, Buffer.from(digits.slice(2)))
    : encode(0x18, Buffer.from(digits));
}

function encode(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const header =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...header), content]);
}
