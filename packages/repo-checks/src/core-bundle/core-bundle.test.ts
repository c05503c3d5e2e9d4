import { describe, expect, test } from "vitest";
import { bundleForBrowser } from "./bundle-for-browser.js";

/** 9 kB, read strictly. */
const limitBytes = 9000;

/** As names of the platform, not as words in a text: a minifier keeps globals as they are. */
const nodeGlobals = /(?<![\w$."'`])(process|Buffer|__dirname|setImmediate)(?=[.[(])|\brequire\(/;

describe("core in the browser", () => {
  test.each([
    ["the main entry", ["packages/core/src/index.ts"]],
    ["the redaction", ["packages/core/src/redaction/index.ts"]],
    ["the diagnosis", ["packages/core/src/diagnosis/index.ts"]],
    ["the vault", ["packages/core/src/vault/index.ts"]],
    ["the webhook toolkit", ["packages/core/src/webhook/index.ts"]],
  ])("%s needs no Node and stays under 9 kB gzipped", async (name, paths) => {
    const { code, minifiedBytes, gzippedBytes } = await bundleForBrowser(...paths);
    console.log(`core, ${name}: ${gzippedBytes} bytes gzipped of ${limitBytes} (${minifiedBytes} minified)`);
    expect(code).not.toMatch(nodeGlobals);
    expect(gzippedBytes).toBeGreaterThan(500);
    expect(gzippedBytes).toBeLessThan(limitBytes);
  });

  test("a source that needs Node would fail here", async () => {
    await expect(
      bundleForBrowser("packages/repo-checks/src/core-bundle/bundle-for-browser.ts"),
    ).rejects.toThrow(/node:zlib|Could not resolve/);
    expect("let a=process.env.B").toMatch(nodeGlobals);
    expect("x(Buffer.from(y))").toMatch(nodeGlobals);
    expect("new ArrayBuffer(2)").not.toMatch(nodeGlobals);
  });
});
