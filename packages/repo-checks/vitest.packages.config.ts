import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The slow checks of the packed packages: `pnpm test:packages`, and not part of `npm test`. No aliases: only tarballs count. */
export default defineConfig({
  test: {
    name: "packages",
    root: fileURLToPath(new URL(".", import.meta.url)),
    include: ["src/packed/**/*.packed.ts"],
    environment: "node",
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
