import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot } from "../repository/repository-root.js";
import { installConsumer } from "./install-consumer.js";
import { nodeFolder } from "./node-folder.js";
import { packPackages, type Tarballs } from "./pack-packages.js";
import { publicPackages } from "./public-packages.js";
import { runProgram } from "./run-program.js";

const folder = mkdtempSync(join(tmpdir(), "packed-packages-"));
const consumer = join(folder, "consumer");
const tools = join(repositoryRoot, "node_modules/.bin");
const ownTools = join(repositoryRoot, "packages/repo-checks/node_modules/.bin");
let tarballs: Tarballs = {};

beforeAll(async () => {
  tarballs = await packPackages(folder);
  await installConsumer(consumer, tarballs);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tarballOf = (name: string): string => tarballs[name] ?? "no tarball";
const installed = (name: string): string => join(consumer, "node_modules", name);

describe.each(publicPackages.map(({ name }) => name))("the tarball of %s", (name) => {
  test("is clean for publint", async () => {
    const bytes = readFileSync(tarballOf(name));
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has right types for each kind of import, by attw", async () => {
    await runProgram(join(ownTools, "attw"), [tarballOf(name), "--profile", "node16"], { cwd: folder });
  });

  test("holds dist, README and LICENSE only", () => {
    expect(readdirSync(installed(name)).filter((entry) => entry !== "node_modules")).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "dist", "package.json"]),
    );
    expect(readdirSync(installed(name)).filter((entry) => /src|test|config/.test(entry))).toEqual([]);
  });

  test("names no library of ours in its declarations", () => {
    const declarations = readdirSync(join(installed(name), "dist")).filter((file) => /\.d\.c?ts$/.test(file));
    expect(declarations.length).toBeGreaterThan(1);
    const imports = declarations.flatMap((file) => {
      const text = readFileSync(join(installed(name), "dist", file), "utf8");
      return ts.preProcessFile(text).importedFiles.map(({ fileName }) => `${file}: ${fileName}`);
    });
    // A preset's fields are zod's: who writes one, composes them with zod.
    const foreign = imports.filter((it) => !/: (\.|@getfluxly\/|node:)|^preset\.d\.c?ts: zod$/.test(it));
    expect(foreign).toEqual([]);
  });

  test("asks for siblings by a range that a newer patch satisfies, or by the very version", () => {
    const manifest = JSON.parse(readFileSync(join(installed(name), "package.json"), "utf8"));
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:/);
    expect(manifest.peerDependencies?.["@getfluxly/email-core"] ?? ">=0.0.0 <1.0.0").toBe(">=0.0.0 <1.0.0");
  });
});

describe.each([20, 22, 24])("a consumer under Node %i", (major) => {
  const run = async (...args: string[]) =>
    runProgram("node", args, { cwd: consumer, binFolder: await nodeFolder(major) });

  test("is what runs", async () => {
    expect(await run("--version")).toMatch(new RegExp(`^v${major}\\.`));
  });
  test("uses them as ES modules", async () => {
    expect(await run("consumer.mjs")).toBe("done\n");
  });
  test("uses them as CommonJS", async () => {
    expect(await run("consumer.cjs")).toBe("done\n");
  });
  test("recognises errors of the other copy", async () => {
    expect(await run("two-copies.cjs")).toBe("done\n");
  });
  // The host asks for Node 22.12, so there is nothing to run on 20.
  if (major < 22) return;
  test("runs the host, in both ways", async () => {
    expect(await run("host.mjs")).toBe("done\n");
    expect(await run("host.cjs")).toBe("done\n");
  });
});

describe.each([
  ["TypeScript 7", "tsc"],
  ["TypeScript 6", "tsc6"],
])("a consumer with %s", (_, compiler) => {
  test("compiles without skipLibCheck, as ES module and as CommonJS", async () => {
    const compilerOptions = {
      target: "es2022",
      lib: ["es2022", "esnext.disposable"],
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      types: ["node"],
    };
    const files = ["typed-consumer.mts", "typed-consumer.cts"];
    await writeFile(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    await runProgram(join(tools, compiler), ["-p", consumer, "--pretty", "false"], { cwd: consumer });
  });
});
