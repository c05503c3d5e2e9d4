import type { BuildOptions } from "esbuild";
import { repositoryRoot } from "../repository/repository-root.js";

/** As an edge worker would get it: a module that imports something of Node cannot be bundled. */
export const bundleOptions = {
  absWorkingDir: repositoryRoot,
  // Its paths lead to the sources of the packages, so nothing has to be built before.
  tsconfig: `${repositoryRoot}/tsconfig.json`,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  write: false,
  logLevel: "silent",
} as const satisfies BuildOptions;
