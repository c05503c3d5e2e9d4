import { readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { repositoryRoot } from "../repository/repository-root.js";

/** What loads with the module; what it asks for with `import()` later on stays out, as with any bundler that splits. */
async function bundleWithoutDemand(path: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: repositoryRoot,
    tsconfig: `${repositoryRoot}/tsconfig.json`,
    entryPoints: [path],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "silent",
    plugins: [
      {
        name: "on-demand",
        setup: ({ onResolve }) =>
          onResolve({ filter: /^/ }, ({ kind }) =>
            kind === "dynamic-import" ? { path: "on-demand", external: true } : undefined,
          ),
      },
    ],
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** Every package that makes a connector by `definePreset` has its definition in a file of this name. */
const presets = readdirSync(`${repositoryRoot}/packages`).flatMap((name) =>
  readdirSync(`${repositoryRoot}/packages/${name}/src`).includes(`${name}-definition.ts`)
    ? [`packages/${name}/src/index.ts`]
    : [],
);

test("there are presets to check", () => {
  expect(presets).toContain("packages/postmark/src/index.ts");
});

test.each(["packages/custom-smtp/src/preset/index.ts", ...presets])(
  "%s needs no Node to load",
  async (path) => {
    const code = await bundleWithoutDemand(path);
    console.log(`${path}: ${gzipSync(code, { level: 9 }).length} bytes gzipped`);
    expect(Buffer.from(code).toString()).toContain("on-demand");
  },
);

test("the connector itself would fail here", async () => {
  await expect(bundleWithoutDemand("packages/custom-smtp/src/smtp-provider.ts")).rejects.toThrow(
    /node:tls|Could not resolve/,
  );
});
