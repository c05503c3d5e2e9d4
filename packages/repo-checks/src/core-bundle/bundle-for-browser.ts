import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { repositoryRoot } from "../repository/repository-root.js";

export interface BrowserBundle {
  readonly code: string;
  readonly minifiedBytes: number;
  readonly gzippedBytes: number;
}

/** Bundles modules of this repository as a browser or an edge worker would get them; rejects when one needs Node. */
export async function bundleForBrowser(...paths: readonly string[]): Promise<BrowserBundle> {
  const result = await build({
    stdin: {
      contents: paths.map((path) => `export * from "./${path}";`).join("\n"),
      resolveDir: repositoryRoot,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  const code = result.outputFiles[0]?.text ?? "";
  return { code, minifiedBytes: Buffer.byteLength(code), gzippedBytes: gzipSync(code, { level: 9 }).length };
}
