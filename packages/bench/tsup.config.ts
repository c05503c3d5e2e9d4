import { defineConfig } from "tsup";

export default defineConfig({
  entry: [
    "src/main.ts",
    "src/clients/run-ours.ts",
    "src/clients/run-nodemailer.ts",
    "src/clients/run-upyo.ts",
    "src/delay-proxy/run-delay-proxy.ts",
    "src/sinks/run-own-sink.ts",
  ],
  // All programs side by side, so that one finds the other wherever its code ends up.
  outDir: "dist",
  outExtension: () => ({ js: ".js" }),
  format: "esm",
  target: "node24",
  splitting: true,
  sourcemap: true,
  clean: true,
  // What is measured is what lies in the packages' own dist.
  skipNodeModulesBundle: true,
});
