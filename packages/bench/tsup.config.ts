import { defineConfig } from "tsup";

export default defineConfig({
  // All programs side by side, so that one finds the other wherever the code that looks for it ends up.
  entry: {
    main: "src/main.ts",
    "run-ours": "src/clients/run-ours.ts",
    "run-nodemailer": "src/clients/run-nodemailer.ts",
    "run-upyo": "src/clients/run-upyo.ts",
    "run-delay-proxy": "src/delay-proxy/run-delay-proxy.ts",
    "run-own-sink": "src/sinks/run-own-sink.ts",
  },
  format: "esm",
  target: "node24",
  splitting: true,
  sourcemap: true,
  clean: true,
  // What is measured is what lies in the packages' own dist.
  skipNodeModulesBundle: true,
});
