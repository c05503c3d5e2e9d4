import type { Finding } from "../report/finding.js";
import { parseTagList } from "../text/parse-tag-list.js";
import { readRsaBits } from "./read-rsa-bits.js";

/** What there is to say about one DKIM key record (RFC 6376 section 3.6.1, RFC 8301, RFC 8463). None: it is good. */
export async function judgeDkimKey(record: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (severity: Finding["severity"], code: string, message: string) =>
    findings.push({ code, severity, message });
  if (record.includes("\\;") || /^\s*"|"\s*$/.test(record)) {
    add(
      "error",
      "dkim_quoting",
      "Backslashes or quotation marks of a zone file have got into the record: publish the bare value.",
    );
    return findings;
  }
  const tags = parseTagList(record);
  if (tags === undefined) {
    add("error", "dkim_syntax", "The record is not a list of `tag=value` separated by `;`.");
    return findings;
  }
  if (tags.has("v") && (tags.keys().next().value !== "v" || tags.get("v") !== "DKIM1")) {
    add("error", "dkim_version", "`v=DKIM1` has to be written like this and to come first.");
  }
  const hashes = tags
    .get("h")
    ?.split(":")
    .map((hash) => hash.trim());
  if (hashes !== undefined && !hashes.includes("sha256"))
    add("error", "dkim_hash", "`h=` leaves out sha256, which every signer uses.");
  const services = tags
    .get("s")
    ?.split(":")
    .map((service) => service.trim());
  if (services !== undefined && !services.includes("*") && !services.includes("email")) {
    add("error", "dkim_service", "`s=` leaves out e-mail: take the tag away.");
  }
  if (
    tags
      .get("t")
      ?.split(":")
      .some((flag) => flag.trim() === "y")
  ) {
    add(
      "warning",
      "dkim_testing",
      "`t=y` says that this domain only tests DKIM; receivers may ignore the signature. Take it away once mail is signed.",
    );
  }
  await judgeKey(tags.get("k") ?? "rsa", tags.get("p"), add);
  return findings;
}

async function judgeKey(
  type: string,
  text: string | undefined,
  add: (severity: Finding["severity"], code: string, message: string) => void,
): Promise<void> {
  if (text === undefined)
    return add("error", "dkim_no_key", "The record has no `p=`, so there is no key in it.");
  const base64 = text.replace(/\s/g, "");
  if (base64 === "")
    return add(
      "error",
      "dkim_revoked",
      "`p=` is empty: the key is revoked. Publish the key that the relay shows now.",
    );
  const key = decode(base64);
  if (key === undefined)
    return add(
      "error",
      "dkim_key_broken",
      "`p=` is not base64: part of the key was lost or changed. Copy it again.",
    );
  if (type === "ed25519") {
    if (key.length !== 32)
      return add("error", "dkim_key_broken", "The Ed25519 key does not have 32 octets: copy it again.");
    return add("warning", "dkim_ed25519", "Few receivers know Ed25519: publish an RSA key beside it.");
  }
  if (type !== "rsa")
    return add("error", "dkim_key_type", `\`k=${type}\` is no type of key that receivers know.`);
  const bits = await readRsaBits(key);
  if (bits === undefined)
    return add(
      "error",
      "dkim_key_broken",
      "`p=` is not an RSA key: part of it was lost, or it was cut at 255 characters. Copy it again.",
    );
  if (bits < 1024)
    return add("error", "dkim_key_short", `The key has ${bits} bits; receivers refuse keys below 1024.`);
  if (bits < 2048)
    add(
      "warning",
      "dkim_key_weak",
      `The key has ${bits} bits. It works; 2048 are recommended, where the relay offers them.`,
    );
}

function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
