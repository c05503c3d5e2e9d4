import { build } from "esbuild";
import { bundleOptions } from "./bundle-options.js";

/** The worker around a package's sample as one module. */
export async function bundleWorker(name: string): Promise<string> {
  const result = await build({
    ...bundleOptions,
    stdin: {
      contents: `
        import { createEdgeSample } from "./packages/${name}/src/webhook/__fixtures__/edge-sample.ts";
        import { createEdgeWorker } from "./packages/repo-checks/src/edge/create-edge-worker.ts";
        export default createEdgeWorker(createEdgeSample);`,
      resolveDir: bundleOptions.absWorkingDir,
    },
  });
  return result.outputFiles[0]?.text ?? "";
}
