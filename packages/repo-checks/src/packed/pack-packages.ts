import { readdirSync } from "node:fs";
import { join } from "node:path";
import { publicPackages } from "./public-packages.js";
import { runProgram } from "./run-program.js";

export type Tarballs = Readonly<Record<string, string>>;

/** Packs every public package as it would be published; the paths of the tarballs by package name. */
export async function packPackages(into: string): Promise<Tarballs> {
  for (const { folder } of publicPackages) {
    await runProgram("pnpm", ["pack", "--pack-destination", into], { cwd: folder });
  }
  const files = readdirSync(into);
  return Object.fromEntries(
    publicPackages.map(({ name }) => {
      const start = `${name.replace("@", "").replace("/", "-")}-`;
      const file = files.find((it) => it.startsWith(start) && it.endsWith(".tgz"));
      if (file === undefined) throw new Error(`pnpm packed no tarball for ${name} into ${into}`);
      return [name, join(into, file)];
    }),
  );
}
