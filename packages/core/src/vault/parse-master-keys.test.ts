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
    const { keys, activeKeyId } = await parseMasterKeys(text);
    expect(keys).toEqual([{ id: activeKeyId, key: octets }]);
    expect(activeKeyId).toMatch(/^[\da-f]{8}$/);
  },
);

test("a list is a ring whose first key is active", async () => {
  const ring = await parseMasterKeys(`new:${base64},old:${"ab".repeat(32)}`);
  expect(ring.activeKeyId).toBe("new");
  expect(ring.keys.map(({ id }) => id)).toEqual(["new", "old"]);
  await createVault(ring);
});

test.each(["", "short", `${hex}00`, `a:${base64},`, `a:b:${base64}`, "z".repeat(64)])(
  "%j is refused, unrepeated",
  async (text) => {
    const error: unknown = await parseMasterKeys(text)
      .then(createVault)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "key-invalid" });
    if (text.length > 5) expect(String(error)).not.toContain(text);
  },
);
