import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface ProgramRootOptions {
  /** By path inside, the path outside. */
  readonly programs: Readonly<Record<string, string>>;
  /** Users beside root, and their numbers; each has a group of the same name and number. */
  readonly accounts: Readonly<Record<string, number>>;
}

/**
 * Makes this folder a system of its own for chroot(8): the programs, the libraries they are linked with, and the users they
 * look up. So a mail server runs that is not installed, as users that this machine does not have, with paths that are
 * compiled in, and several times at once. Needs root.
 */
export async function createProgramRoot(folder: string, options: ProgramRootOptions): Promise<void> {
  const copy = async (from: string, to: string) => {
    await mkdir(dirname(join(folder, to)), { recursive: true });
    await copyFile(from, join(folder, to));
  };
  for (const name of ["dev", "etc", "tmp"]) await mkdir(join(folder, name), { recursive: true });
  await chmod(join(folder, "tmp"), 0o1777);

  const libraries = new Set<string>();
  for (const [inside, outside] of Object.entries(options.programs)) {
    await copy(outside, inside);
    for (const library of await librariesOf(outside)) libraries.add(library);
  }
  for (const library of libraries) await copy(library, library);

  const accounts = Object.entries({ root: 0, ...options.accounts });
  const lines = (of: (name: string, id: number) => string) =>
    accounts.map(([name, id]) => of(name, id)).join("");
  await writeFile(
    join(folder, "etc/passwd"),
    lines((name, id) => `${name}:x:${id}:${id}::/:/bin/sh\n`),
  );
  await writeFile(
    join(folder, "etc/group"),
    lines((name, id) => `${name}:x:${id}:\n`),
  );
  await writeFile(join(folder, "etc/hosts"), "127.0.0.1 localhost\n");
  await run("mknod", ["-m", "666", join(folder, "dev/null"), "c", "1", "3"]);
}

/** As the loader resolves them; scripts have none. */
async function librariesOf(program: string): Promise<string[]> {
  const { stdout } = await run("ldd", [program]);
  const absent = /^\s*(\S+) => not found/m.exec(stdout)?.[1];
  if (absent !== undefined) throw new Error(`${program} needs ${absent}, which is not installed`);
  return stdout.match(/\/\S+/g) ?? [];
}
