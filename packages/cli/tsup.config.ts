import { defineConfig } from "tsup";

const shared = { target: "node20", splitting: true, treeshake: true, sourcemap: true } as const;

export default defineConfig([
  { ...shared, entry: { index: "src/index.ts" }, format: ["esm", "cjs"], clean: true, dts: true },
  // The program itself waits at its top level, which CommonJS cannot.
  { ...shared, entry: { main: "src/main.ts" }, format: ["esm"] },
]);
