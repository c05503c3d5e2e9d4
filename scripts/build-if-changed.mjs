// usage: node scripts/build-if-changed.mjs
// Builds all packages for running (without declarations), unless what lies in dist was built from these very sources.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".cache", "build-if-changed");

function listFiles(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

function hash(files) {
  const sum = createHash("sha256");
  for (const file of files.sort()) {
    const content = readFileSync(file);
    sum.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return sum.digest("hex");
}

const folders = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
const isSource = (file) => !/\.test(-d)?\.ts$|__fixtures__/.test(file);
const hashSources = () =>
  hash([
    ...["pnpm-lock.yaml", "tsconfig.base.json"].map((name) => join(root, name)),
    ...folders.flatMap((folder) => [
      ...listFiles(join(folder, "src")).filter(isSource),
      ...["package.json", "tsup.config.ts"]
        .map((name) => join(folder, name))
        .filter((file) => existsSync(file)),
    ]),
  ]);
/** What was built counts too: dist may come from other sources. Declarations may be there or not. */
const hashOutput = () =>
  hash(folders.flatMap((folder) => listFiles(join(folder, "dist"))).filter((file) => /\.c?js$/.test(file)));

function readStamp() {
  try {
    return readFileSync(stamp, "utf8");
  } catch {
    return "";
  }
}

const sources = hashSources();
if (readStamp() !== `${sources} ${hashOutput()}`) {
  const { status, error } = spawnSync("pnpm", ["-r", "--filter=./packages/*", "build", "--no-dts"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${sources} ${hashOutput()}`);
}
