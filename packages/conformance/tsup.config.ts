import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    "sandbox-relay": "src/sandbox-relay/index.ts",
    providers: "src/providers/index.ts",
    webhooks: "src/webhooks/index.ts",
  },
  format: ["esm", "cjs"],
  target: "node20",
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: true,
  dts: true,
});
