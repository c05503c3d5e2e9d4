import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64url.js";
import { createVault, type SecretBinding } from "./create-vault.js";

const keyOf = (fill: number) => new Uint8Array(32).fill(fill);
const binding: SecretBinding = { tenant: "demo", provider: "epr_1", field: "password" };
const createSample = () => createVault({ keys: [{ id: "k1", key: keyOf(1) }], activeKeyId: "k1" });
const invalid = { code: "ciphertext-invalid", stage: "vault" };

describe("a sealed secret", () => {
  test("opens again, whatever it is", async () => {
    const vault = await createSample();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 300 }), async (secret) => {
        expect(await vault.open(await vault.seal(secret, binding), binding)).toBe(secret);
      }),
      { numRuns: 200 },
    );
    for (const secret of ["\ufeffBOM", "long".repeat(100_000)]) {
      expect(await vault.open(await vault.seal(secret, binding), binding)).toBe(secret);
    }
  });

  test("shows its version and key, and nothing of the secret", async () => {
    const sealed = await (await createSample()).seal("canary-password", binding);
    expect(sealed).toMatch(/^gfv1\.k1\.[\w-]{16}\.[\w-]+$/);
    expect(sealed).not.toContain("canary");
    const octets = fromBase64Url(sealed.split(".")[3] ?? "");
    expect(Buffer.from(octets ?? []).toString("latin1")).not.toContain("canary");
  });

  test("never repeats a nonce", async () => {
    const vault = await createSample();
    const sealed = await Promise.all(Array.from({ length: 5_000 }, () => vault.seal("same", binding)));
    expect(new Set(sealed.map((text) => text.split(".")[2])).size).toBe(5_000);
  });

  test("is refused after any single bit of it was flipped", async () => {
    const vault = await createSample();
    const [version, keyId, nonce = "", ciphertext = ""] = (await vault.seal("secret", binding)).split(".");
    for (const [part, replace] of [
      [nonce, (text: string) => [version, keyId, text, ciphertext]],
      [ciphertext, (text: string) => [version, keyId, nonce, text]],
    ] as const) {
      const octets = fromBase64Url(part) ?? new Uint8Array();
      for (let bit = 0; bit < octets.length * 8; bit += 1) {
        const flipped = Uint8Array.from(octets);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const forged = replace(toBase64Url(flipped)).join(".");
        await expect(vault.open(forged, binding)).rejects.toMatchObject(invalid);
      }
    }
  });

  test("is refused in every other place", async () => {
    const vault = await createSample();
    const places = ["a", "b", "a,b", ""].flatMap((tenant) =>
      ["p", "q"].flatMap((provider) => ["f", 'f","x'].map((field) => ({ tenant, provider, field }))),
    );
    const sealed = await Promise.all(places.map((place) => vault.seal("secret", place)));
    for (const [from, text] of sealed.entries()) {
      for (const [to, place] of places.entries()) {
        if (from === to) expect(await vault.open(text, place)).toBe("secret");
        else await expect(vault.open(text, place)).rejects.toMatchObject(invalid);
      }
    }
  });

  test("is refused under another key's id, even if both keys are in the ring", async () => {
    const keys = [
      { id: "k1", key: keyOf(1) },
      { id: "k2", key: keyOf(1) },
    ];
    const vault = await createVault({ keys, activeKeyId: "k1" });
    const renamed = (await vault.seal("secret", binding)).replace(".k1.", ".k2.");
    await expect(vault.open(renamed, binding)).rejects.toMatchObject(invalid);
  });

  test("is refused when cut, extended, rewritten, or never sealed", async () => {
    const vault = await createSample();
    const sealed = await vault.seal("secret", binding);
    const [version, keyId, nonce = "", ciphertext = ""] = sealed.split(".");
    const forged = [
      ...Array.from({ length: sealed.length }, (_unused, length) => sealed.slice(0, length)),
      `${sealed}.`,
      `${sealed}A`,
      `${sealed}=`,
      ` ${sealed}`,
      `${sealed}\n`,
      sealed.toUpperCase(),
      sealed.replace("gfv1", "gfv2"),
      sealed.replace("gfv1", "gfv"),
      [version, keyId, `${nonce}AAAA`, ciphertext].join("."),
      [version, "", nonce, ciphertext].join("."),
      [version, "../k1", nonce, ciphertext].join("."),
      "hunter2",
      "",
      "....",
      "gfv1.k1..",
      `gfv1.k1.${nonce}.${"A".repeat(1_000_000)}`,
    ];
    for (const text of forged) await expect(vault.open(text, binding), text).rejects.toMatchObject(invalid);
    await expect(vault.open(undefined as unknown as string, binding)).rejects.toMatchObject(invalid);
  });

  test("has one spelling: stray bits of the last character are not ignored", async () => {
    const vault = await createSample();
    const sealed = await vault.seal("a", binding); // 17 octets: the last character carries unused bits
    const last = sealed.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const others = [...alphabet].filter((character) => character !== last);
    for (const other of others) {
      await expect(vault.open(sealed.slice(0, -1) + other, binding)).rejects.toMatchObject(invalid);
    }
  });
});

describe("the key ring", () => {
  test("opens with old keys, seals with the active one, and moves secrets over", async () => {
    const old = await createSample();
    const sealed = await old.seal("secret", binding);
    const keys = [
      { id: "k1", key: keyOf(1) },
      { id: "k2", key: keyOf(2) },
    ];
    const vault = await createVault({ keys, activeKeyId: "k2" });
    expect(await vault.open(sealed, binding)).toBe("secret");
    expect(vault.needsRewrap(sealed)).toBe(true);
    const moved = await vault.rewrap(sealed, binding);
    expect(moved).toMatch(/^gfv1\.k2\./);
    expect(vault.needsRewrap(moved)).toBe(false);
    const after = await createVault({ keys: keys.slice(1), activeKeyId: "k2" });
    expect(await after.open(moved, binding)).toBe("secret");
    await expect(after.open(sealed, binding)).rejects.toMatchObject({
      code: "key-unknown",
      message: expect.stringContaining("k1"),
    });
    await expect(vault.rewrap(sealed, { ...binding, tenant: "other" })).rejects.toMatchObject(invalid);
  });

  test.each([
    ["no key", { keys: [], activeKeyId: "k1" }],
    ["an active key that is missing", { keys: [{ id: "k1", key: keyOf(1) }], activeKeyId: "k2" }],
    ["a short key", { keys: [{ id: "k1", key: new Uint8Array(31) }], activeKeyId: "k1" }],
    ["a long key", { keys: [{ id: "k1", key: new Uint8Array(33) }], activeKeyId: "k1" }],
    [
      "two keys of one id",
      {
        keys: [
          { id: "k1", key: keyOf(1) },
          { id: "k1", key: keyOf(2) },
        ],
        activeKeyId: "k1",
      },
    ],
    ["an id with a dot", { keys: [{ id: "k.1", key: keyOf(1) }], activeKeyId: "k.1" }],
  ])("is refused with %s", async (_name, options) => {
    await expect(createVault(options)).rejects.toMatchObject({ code: "key-invalid", actor: "operator" });
  });

  test("is shown by nothing, and is not changed through the caller's array", async () => {
    const key = keyOf(7);
    const vault = await createVault({ keys: [{ id: "k1", key }], activeKeyId: "k1" });
    const sealed = await vault.seal("secret", binding);
    key.fill(0);
    expect(await vault.open(sealed, binding)).toBe("secret");
    expect(inspect(vault, { depth: 9, showHidden: true }) + JSON.stringify(vault)).not.toMatch(
      /7, 7|0707|BwcH/,
    );
  });
});
