import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", webhook: "src/webhook/index.ts" },
  format: ["esm", "cjs"],
  target: "node20",
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: true,
  dts: true,
});
