import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { hasCode } from "./has-code.js";

/** The certificates of a PEM file, each as its own PEM text. Throws what is wrong with the file, as a phrase. */
export function readCertificates(path: string): readonly string[] {
  const certificates = readText(path).match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  if (!certificates) throw new Error(`the file ${path} holds no certificate in PEM form (BEGIN CERTIFICATE)`);
  certificates.forEach((certificate, index) => {
    try {
      new X509Certificate(certificate);
    } catch {
      throw new Error(`certificate ${index + 1} in the file ${path} cannot be read`);
    }
  });
  return certificates;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) throw new Error(`there is no file ${path}`);
    if (hasCode(error, "EACCES")) throw new Error(`this user may not read the file ${path}`);
    throw new Error(`the file ${path} cannot be read`);
  }
}
