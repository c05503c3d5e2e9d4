// usage: node scripts/run.mjs [pnpm script]... [--exec file args...]
// Runs tasks of the workspace with the Node.js and pnpm it pins, whatever Node.js (>= 18) starts it.
// No dependencies: this is what `npm start` and `npm test` run on a machine with Node.js and npm alone.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const pnpmVersion = manifest.packageManager.replace(/^pnpm@/, "").replace(/\+.*/, "");
const nodeVersion = manifest.config.node;
const words = process.argv.slice(2);
const cut = words.indexOf("--exec");
const tasks = cut < 0 ? words : words.slice(0, cut);
const program = cut < 0 ? [] : words.slice(cut + 1);

// An inherited npm_config_call or npm_config_package makes every inner npx fail, so what `npm run` added for
// its own call is left out; npm_config_registry, _cache, _userconfig and the like stay.
const addedByNpm =
  /^npm_(package_|lifecycle_|command$|execpath$|node_execpath$|config_(call|package|yes|user_agent|npm_version|prefix|local_prefix|global_prefix|noproxy|node_gyp|init_module)$)/i;
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !addedByNpm.test(name)),
);

/** The development tools need Node 22.18+ or 24.11+; the published packages need less. */
function runsTheTools(version) {
  const [major, minor] = version.replace(/^v/, "").split(".").map(Number);
  return (major === 22 && minor >= 18) || (major === 24 && minor >= 11) || major >= 26;
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: environment,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** The npm packages that carry Node.js binaries; the one for Apple silicon is named differently. */
function nodePackage() {
  const system = process.platform === "win32" ? "win" : process.platform;
  const prefix = system === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${system}-${process.arch}`;
}

function installToolchain() {
  const wanted = [`pnpm@${pnpmVersion}`];
  if (!runsTheTools(process.version)) wanted.unshift(`${nodePackage()}@${nodeVersion}`);
  const folder = join(root, ".toolchain", wanted.join("_"));
  if (!existsSync(join(folder, "ok"))) {
    const unfinished = `${folder}.${process.pid}.tmp`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, "package.json"), '{"private":true}\n');
    console.log(`> fetching ${wanted.join(" and ")} from the npm registry (once)`);
    const flags = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    run("npm", ["install", ...flags, ...wanted], { cwd: unfinished });
    writeFileSync(join(unfinished, "ok"), "");
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      if (!existsSync(join(folder, "ok"))) throw error;
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return join(folder, "node_modules", ".bin");
}

environment.PATH = installToolchain() + delimiter + (process.env.PATH ?? "");
run("pnpm", [
  "install",
  "--frozen-lockfile",
  "--prefer-offline",
  "--reporter=append-only",
  "--loglevel=warn",
]);
for (const task of tasks) run("pnpm", ["--silent", "run", task]);

if (program.length > 0) {
  // Started by node itself, not by `pnpm run`: pnpm ends on SIGTERM without ending the process it started.
  const child = spawn("node", program, { cwd: root, env: environment, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // `npm start` ended from outside ends only its shell: follow it rather than live on as an orphan.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 143 : 1)));
}
