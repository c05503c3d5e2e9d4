import { expect, test } from "vitest";
import { bundleForBrowser } from "./bundle-for-browser.js";

/** Half of it is ipaddr.js. */
const limitBytes = 25_000;

test("deliverability needs no Node and stays under 25 kB gzipped", async () => {
  const { code, gzippedBytes } = await bundleForBrowser("packages/deliverability/src/index.ts");
  console.log(`deliverability: ${gzippedBytes} bytes gzipped of ${limitBytes}`);
  expect(code).not.toMatch(/(?<![\w$."'`])(process|Buffer|setImmediate)(?=[.[(])|\brequire\(/);
  expect(gzippedBytes).toBeLessThan(limitBytes);
});

test("its resolver for Node does need Node", async () => {
  await expect(bundleForBrowser("packages/deliverability/src/node/index.ts")).rejects.toThrow(/node:dns/);
});
