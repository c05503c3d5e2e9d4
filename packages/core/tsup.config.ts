import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    diagnosis: "src/diagnosis/index.ts",
    redaction: "src/redaction/index.ts",
    vault: "src/vault/index.ts",
    webhook: "src/webhook/index.ts",
  },
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: true,
  dts: true,
});
