import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", main: "src/main.ts" },
  format: ["esm", "cjs"],
  target: "node20",
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: true,
  dts: { entry: { index: "src/index.ts" } },
});
