import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WebhookCase } from "@getfluxly/email-conformance/webhooks";
import { build } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { repositoryRoot } from "../repository/repository-root.js";
import { bundleOptions } from "./bundle-options.js";
import { bundleWorker } from "./bundle-worker.js";
import type { ParseTask, SampleVerdict } from "./create-edge-worker.js";
import { measureWebhook } from "./measure-webhook.js";
import { startWorkerd } from "./start-workerd.js";
import { webhookPackages } from "./webhook-packages.js";

/** 12 kB, read strictly. */
const limitBytes = 12_000;
/** What parses mail (RFC 3464, RFC 5965), mostly postal-mime, is only loaded where mail is posted. */
const onDemandLimitBytes = 30_000;

const folder = mkdtempSync(join(tmpdir(), "edge-node-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The worker's answer to a request, in this Node. */
async function loadIntoNode(name: string, code: string): Promise<(request: Request) => Promise<Response>> {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  const { default: worker }: { default: { fetch(request: Request): Promise<Response> } } = await import(
    pathToFileURL(file).href
  );
  return worker.fetch;
}

/** The cases of the package's own tests, where it keeps them. */
function readTasks(name: string): ParseTask[] {
  const file = `${repositoryRoot}/packages/${name}/src/webhook/__fixtures__/cases.json`;
  if (!existsSync(file)) return [];
  const cases: WebhookCase[] = JSON.parse(readFileSync(file, "utf8"));
  return cases.map(({ method, contentType, headers, body }) => ({
    ...{ method, url: "https://example.com/webhook", body },
    headers: [["Content-Type", contentType], ...Object.entries(headers)],
  }));
}

test("there are adapters to check", () => {
  expect(webhookPackages).toEqual(expect.arrayContaining(["custom-smtp", "postmark", "sendgrid"]));
});

describe.each(webhookPackages)("%s/webhook", (name) => {
  test("needs no Node and stays under 12 kB gzipped", async () => {
    const { entryBytes, onDemandBytes } = await measureWebhook(name);
    const onDemand = onDemandBytes > 0 ? `, and ${onDemandBytes} of ${onDemandLimitBytes} on demand` : "";
    console.log(`${name}/webhook: ${entryBytes} bytes gzipped of ${limitBytes}${onDemand}`);
    expect(entryBytes).toBeGreaterThan(1_000);
    expect(entryBytes).toBeLessThan(limitBytes);
    expect(onDemandBytes).toBeLessThan(onDemandLimitBytes);
  });

  test("verifies and reads the same in workerd and in Node", async () => {
    const code = await bundleWorker(name);
    const inNode = await loadIntoNode(name, code);
    await using workerd = await startWorkerd(code);
    const ask = async (path: string, init?: RequestInit): Promise<unknown> => {
      const [node, edge] = await Promise.all([
        inNode(new Request(`https://example.com${path}`, init)).then((response) => response.json()),
        fetch(workerd.url + path, init).then((response) => response.json()),
      ]);
      expect(edge, `${name}: workerd and Node differ`).toEqual(node);
      return edge;
    };
    const verdict = (await ask("/sample")) as SampleVerdict;
    expect(verdict, verdict.error).toMatchObject({
      outcome: "received",
      failures: [],
      foreignOutcome: "refused",
    });
    expect(verdict.events.length).toBeGreaterThan(0);
    for (const task of readTasks(name)) await ask("/parse", { method: "POST", body: JSON.stringify(task) });
  });
});

describe("the check itself", () => {
  test("a source that needs Node cannot be bundled", async () => {
    await expect(
      build({ ...bundleOptions, entryPoints: ["packages/repo-checks/src/edge/start-workerd.ts"] }),
    ).rejects.toThrow(/Could not resolve/);
  });

  test("workerd here has no Node globals", async () => {
    await using workerd = await startWorkerd(
      "export default { fetch: () => Response.json([typeof process, typeof Buffer, typeof require, typeof caches]) };",
    );
    const found: unknown = await (await fetch(workerd.url)).json();
    expect(found).toEqual(["undefined", "undefined", "undefined", "object"]);
  });

  test("workerd that cannot start says so", async () => {
    await expect(startWorkerd("export default 1 1;")).rejects.toThrow(/before it listened/);
  });
});
