import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { describe, expect, test } from "vitest";
import { createSigningCertificate, toPem } from "./__fixtures__/create-signing-certificate.js";
import { readCertificate } from "./read-certificate.js";
import { readDer } from "./read-der.js";

const { pem } = createSigningCertificate();
const octets = new Uint8Array(new X509Certificate(pem).raw);

function expectAsNodeReads(text: string) {
  const node = new X509Certificate(text);
  const read = readCertificate(text);
  expect(Buffer.from(read?.publicKey ?? [])).toEqual(node.publicKey.export({ type: "spki", format: "der" }));
  expect(read?.notBefore).toEqual(new Date(node.validFrom));
  expect(read?.notAfter).toEqual(new Date(node.validTo));
}

describe("a certificate", () => {
  test("of the form that SNS uses is read as Node reads it", () => {
    expectAsNodeReads(pem);
    expectAsNodeReads(`Bag Attributes\r\n${pem.replaceAll("\n", "\r\n")}${pem}`);
    expectAsNodeReads(createSigningCertificate({ isVersion3: false }).pem);
    expectAsNodeReads(createSigningCertificate({ notAfter: new Date("2055-01-02T03:04:05Z") }).pem);
  });

  test("of every authority that Node trusts is read as Node reads it", () => {
    expect(rootCertificates.length).toBeGreaterThan(50);
    for (const certificate of rootCertificates) expectAsNodeReads(certificate);
  });
});

describe("no certificate", () => {
  test.each([
    ["nothing", ""],
    ["a page", "<html>Not Found</html>"],
    ["another kind of PEM", pem.replaceAll("CERTIFICATE", "PUBLIC KEY")],
    ["no base64", pem.replace("MII", "M!I")],
    ["an empty one", toPem(Uint8Array.of())],
    ["an octet too many", toPem(Uint8Array.of(...octets, 0))],
    ["an octet too few", toPem(octets.subarray(0, -1))],
    ["a set", toPem(Uint8Array.of(0x31, ...octets.subarray(1)))],
  ])("%s", (_name, text) => {
    expect(readCertificate(text)).toBeUndefined();
  });

  test("cut anywhere, it is none; with any octet changed, nothing throws", () => {
    for (let length = 0; length < octets.length; length++) {
      expect(readCertificate(toPem(octets.subarray(0, length)))).toBeUndefined();
    }
    for (let index = 0; index < octets.length; index++) {
      for (const value of [0x00, 0x80, 0xff]) {
        const changed = Uint8Array.from(octets);
        changed[index] = value;
        expect(() => readCertificate(toPem(changed))).not.toThrow();
      }
    }
  });
});

test.each([
  ["a length that is not its shortest form", [0x04, 0x81, 0x01, 0x00]],
  ["and in two octets", [0x04, 0x82, 0x00, 0x01, 0x00]],
  ["an indefinite length", [0x30, 0x80, 0x00, 0x00]],
  ["a length of three octets", [0x04, 0x83, 0x00, 0x00, 0x01, 0x00]],
  ["a tag of several octets", [0x1f, 0x01, 0x00]],
  ["a content that is cut off", [0x04, 0x02, 0x00]],
  ["a tag alone", [0x04]],
])("DER: %s is refused", (_name, bytes) => {
  expect(readDer(Uint8Array.from(bytes))).toBeUndefined();
});
