import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { bundleOptions } from "./bundle-options.js";

export interface WebhookSize {
  /** Minified and gzipped: what is loaded with the entry. */
  readonly entryBytes: number;
  /** What it imports on demand, if at all. */
  readonly onDemandBytes: number;
}

/** Bundles a package's `./webhook`; rejects when it needs Node. */
export async function measureWebhook(name: string): Promise<WebhookSize> {
  const { outputFiles, metafile } = await build({
    ...bundleOptions,
    entryPoints: [`packages/${name}/src/webhook/index.ts`],
    splitting: true,
    outdir: "out",
    metafile: true,
  });
  const outputs = Object.entries(metafile.outputs);
  const entry = outputs.find(([, { entryPoint }]) => entryPoint?.endsWith("webhook/index.ts"))?.[0] ?? "";
  const loaded = new Set([entry]);
  // A set that grows is walked to its end.
  for (const path of loaded) {
    for (const { path: imported, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement") loaded.add(imported);
    }
  }
  const sizeOf = (isCounted: (path: string) => boolean): number => {
    const texts = outputs.flatMap(([path], index) =>
      isCounted(path) ? (outputFiles[index]?.text ?? []) : [],
    );
    return texts.length === 0 ? 0 : gzipSync(texts.join(""), { level: 9 }).length;
  };
  return {
    entryBytes: sizeOf((path) => loaded.has(path)),
    onDemandBytes: sizeOf((path) => !loaded.has(path)),
  };
}
