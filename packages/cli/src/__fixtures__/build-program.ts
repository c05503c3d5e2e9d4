import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The real program, out of the sources: a file to run, and how to remove it. */
export async function buildProgram(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "getfluxly-email-cli-"));
  await build({
    entryPoints: [fileURLToPath(new URL("../main.ts", import.meta.url))],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // Its paths lead to the sources of all packages.
    tsconfig: fileURLToPath(new URL("../../../../tsconfig.json", import.meta.url)),
    // Libraries in CommonJS require Node's modules.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    logLevel: "silent",
  });
  return { path: join(folder, "main.mjs"), remove: () => rm(folder, { recursive: true }) };
}
