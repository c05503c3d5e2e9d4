import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Haraka's main program; throws where it is not installed. */
export function findHaraka(): string {
  return require.resolve("Haraka/haraka.js");
}
