import { expect, test } from "vitest";
import { createVault } from "./create-vault.js";
import { parseMasterKeys } from "./parse-master-keys.js";

const octets = Uint8Array.from({ length: 32 }, (_unused, index) => index * 8 - 1);
const hex = Buffer.from(octets).toString("hex");
const base64 = Buffer.from(octets).toString("base64");
const base64url = Buffer.from(octets).toString("base64url");

test.each([hex, hex.toUpperCase(), base64, base64url, ` ${base64} `])(
  "%s is a key by itself",
  async (text) => {
    expect(parseMasterKeys(text)).toEqual({ keys: [{ key: octets }] });
    const binding = { tenant: "demo", provider: "epr_1", field: "password" };
    const sealed = await (await createVault(parseMasterKeys(text))).seal("secret", binding);
    expect(await (await createVault(parseMasterKeys(hex))).open(sealed, binding)).toBe("secret");
  },
);

test("a list is a ring whose first key is active", async () => {
  const ring = parseMasterKeys(`new:${base64}, old:${"ab".repeat(32)}`);
  expect(ring.keys.map(({ id }) => id)).toEqual(["new", "old"]);
  const sealed = await (await createVault(ring)).seal("secret", { tenant: "t", provider: "p", field: "f" });
  expect(sealed).toMatch(/^gfv1\.new\./);
});

test.each(["", "short", `${hex}00`, `a:${base64},`, `a:b:${base64}`, `../a:${base64}`, "z".repeat(64)])(
  "%j is refused, unrepeated",
  (text) => {
    let error: unknown;
    try {
      parseMasterKeys(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "key-invalid" });
    if (text.length > 5) expect(String(error)).not.toContain(text);
  },
);
