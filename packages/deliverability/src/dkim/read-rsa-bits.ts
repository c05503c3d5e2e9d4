/** `SubjectPublicKeyInfo` for rsaEncryption (RFC 3279 section 2.3.1), up to the BIT STRING. */
const rsaAlgorithm = [
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/** The length of an RSA key in bits; `undefined` for octets that are none. RFC 6376 names the bare key, everyone publishes SubjectPublicKeyInfo; both count. */
export async function readRsaBits(key: Uint8Array<ArrayBuffer>): Promise<number | undefined> {
  return (await importBits(key)) ?? (await importBits(wrap(key)));
}

async function importBits(key: Uint8Array<ArrayBuffer>): Promise<number | undefined> {
  try {
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const imported = await crypto.subtle.importKey("spki", key, algorithm, true, ["verify"]);
    const { n } = await crypto.subtle.exportKey("jwk", imported);
    return n === undefined ? undefined : toBits(n);
  } catch {
    return undefined;
  }
}

function toBits(base64url: string): number {
  const octets = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return octets.length * 8 - Math.clz32(octets.charCodeAt(0)) + 24;
}

function wrap(key: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bits = [0x03, ...toLength(key.length + 1), 0x00, ...key];
  const body = [...rsaAlgorithm, ...bits];
  return Uint8Array.from([0x30, ...toLength(body.length), ...body]);
}

/** The length of a DER value. */
function toLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
