import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyEmptyDatabase } from "./__fixtures__/copy-empty-database.js";
import { providerBody } from "./__fixtures__/provider-body.js";

const key = "gf_live_survives-a-restart";
const children: ChildProcess[] = [];
let folder: string;
let relay: SandboxRelay;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "open-host-"));
  relay = await startSandboxRelay();
  await writeFile(join(folder, "ca.pem"), relay.certificateAuthority);
  await mkdir(join(folder, "data"));
  await copyEmptyDatabase(join(folder, "data", "database"));
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await relay.close();
  await rm(folder, { recursive: true, force: true });
});

const sourceHooks = new URL("./__fixtures__/source-hooks.mjs", import.meta.url);
const hostProcess = new URL("./__fixtures__/host-process.ts", import.meta.url);

function start(environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, ["--import", sourceHooks.href, fileURLToPath(hostProcess)], {
    env: {
      PATH: process.env.PATH,
      PORT: "0",
      DATA_DIR: join(folder, "data"),
      BOOTSTRAP_API_KEY: key,
      RELAY_ALLOW_NETWORKS: "127.0.0.0/8",
      RELAY_EXTRA_CA_FILE: join(folder, "ca.pem"),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

/** The address of a started host; rejects with what it said if it ends first. */
async function ready(child: ChildProcess): Promise<string> {
  if (!child.stdout || !child.stderr) throw new Error("no pipes");
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  for await (const line of createInterface(child.stdout)) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error(complaint);
}

async function call(url: string, method: string, path: string, body?: unknown) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

test("a provider that was answered with 201 is there and works after kill -9", {
  timeout: 60_000,
}, async () => {
  const first = start();
  const url = await ready(first);
  const created = await call(url, "POST", "/v1/projects/demo/email-providers", providerBody(relay));
  first.kill("SIGKILL");
  await once(first, "exit");
  expect(created.status).toBe(201);

  const second = start();
  const again = await ready(second);
  const { webhook, ...stored } = created.body;
  const path = `/v1/email-providers/${created.body.id}`;
  expect((await call(again, "GET", path)).body).toEqual(stored);
  expect((await call(again, "POST", `${path}/test`, { to: "someone@example.net" })).body.verdict).toBe(
    "pass",
  );
  expect(relay.messages).toHaveLength(1);

  const files = await readdir(join(folder, "data"));
  expect(files.filter((name) => !name.startsWith("database.lock-")).sort()).toEqual([
    "database",
    "master-key",
  ]);
  const masterKey = (await readFile(join(folder, "data", "master-key"), "utf8")).trim();
  expect(masterKey).toMatch(/^[A-Za-z0-9+/]{43}=$/);
});

test("settings that are wrong end the start, each named", async () => {
  const child = start({ PORT: "x", RELAY_ALLOW_NETWORKS: "here" });
  await expect(ready(child)).rejects.toThrow(/PORT: [\s\S]*RELAY_ALLOW_NETWORKS: /);
});
