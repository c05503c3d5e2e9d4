import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { judgeDkimKey } from "./judge-dkim-key.js";

const rsa = (bits: number, type: "spki" | "pkcs1" = "spki") =>
  generateKeyPairSync("rsa", { modulusLength: bits })
    .publicKey.export({ type, format: "der" })
    .toString("base64");
const ed25519 = generateKeyPairSync("ed25519")
  .publicKey.export({ type: "spki", format: "der" })
  .subarray(-32)
  .toString("base64");
const good = rsa(2048);
const codes = async (record: string) =>
  (await judgeDkimKey(record)).map(({ severity, code }) => `${severity} ${code}`);

test.each([
  [`v=DKIM1; k=rsa; p=${good}`],
  [`p=${good}`],
  [`k=rsa;p=${good};`],
  [`v=DKIM1; h=sha1:sha256; s=*; t=s; n=note; p=${good.slice(0, 100)} \t${good.slice(100)}`],
  [`v=DKIM1; p=${rsa(2048, "pkcs1")}`],
  [`v=DKIM1; p=${rsa(4096)}`],
])("a good key: %.40s", async (record) => {
  expect(await codes(record)).toEqual([]);
});

test.each([
  ["v=DKIM1; p=", "error dkim_revoked"],
  ["v=DKIM1; k=rsa", "error dkim_no_key"],
  ["v=DKIM1 k=rsa", "error dkim_version,error dkim_no_key"],
  [`k=rsa; v=DKIM1; p=${good}`, "error dkim_version"],
  [`v=dkim1; p=${good}`, "error dkim_version"],
  [`v=DKIM1\\; p=${good}`, "error dkim_quoting"],
  [`"v=DKIM1; p=${good}"`, "error dkim_quoting"],
  [`v=DKIM1; p=${good}; p=${good}`, "error dkim_syntax"],
  ["garbage", "error dkim_syntax"],
  [`v=DKIM1; h=sha1; p=${good}`, "error dkim_hash"],
  [`v=DKIM1; s=tlsrpt; p=${good}`, "error dkim_service"],
  [`v=DKIM1; t=y:s; p=${good}`, "warning dkim_testing"],
  [`v=DKIM1; k=dsa; p=${good}`, "error dkim_key_type"],
  [`v=DKIM1; p=${good.slice(0, 200)}`, "error dkim_key_broken"],
  [`v=DKIM1; p=${good.slice(0, 40)}" "${good.slice(40)}`, "error dkim_key_broken"],
  [`v=DKIM1; p=${rsa(512)}`, "error dkim_key_short"],
  [`v=DKIM1; p=${rsa(1024)}`, "warning dkim_key_weak"],
  [`v=DKIM1; p=${rsa(1024, "pkcs1")}`, "warning dkim_key_weak"],
  [`v=DKIM1; k=ed25519; p=${ed25519}`, "warning dkim_ed25519"],
  [`v=DKIM1; k=ed25519; p=${ed25519.slice(0, 40)}`, "error dkim_key_broken"],
])("%.40s: %s", async (record, expected) => {
  expect((await codes(record)).join()).toBe(expected);
});

test("says how many bits there are", async () => {
  expect((await judgeDkimKey(`p=${rsa(1024)}`))[0]?.message).toContain("1024 bits");
  expect((await judgeDkimKey(`p=${rsa(512)}`))[0]?.message).toContain("512 bits");
});
