import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type AnyProviderDefinition, createProviderRegistry } from "@getfluxly/email-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readProjectFiles } from "../repository/read-project-files.js";
import { repositoryRoot } from "../repository/repository-root.js";
import { extractFences } from "./extract-fences.js";

// The guide's connector is written to be copied, so it is run here, against an HTTP server that plays the vendor.
const folder = `${repositoryRoot}/packages/repo-checks/.fences/run`;
const requests: { path: string | undefined; body: string }[] = [];
const vendor = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  requests.push({ path: request.url, body: Buffer.concat(chunks).toString() });
  const answers: Record<string, number> = {
    "Bearer right": 202,
    "Bearer broken": request.method === "POST" ? 504 : 200,
  };
  response.writeHead(answers[request.headers.authorization ?? ""] ?? 401).end();
});

beforeAll(() => new Promise<void>((resolve) => vendor.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => vendor.close(resolve)));

async function open(api_key: string) {
  const [guide] = readProjectFiles(/^docs\/guides\/write-a-connector\.md$/);
  const [fence] = guide === undefined ? [] : extractFences(guide, "ts");
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/acme.ts`, fence?.text ?? "");
  const { default: acme }: { default: AnyProviderDefinition } = await import(`${folder}/acme.ts`);
  const { port } = vendor.address() as AddressInfo;
  const registry = createProviderRegistry({});
  registry.register("acme.mail", acme);
  return registry.openDynamic("acme.mail", {
    config: { api_key },
    sender: { from_email: "news@example.test" },
    context: {
      fetch: (url, init) =>
        fetch(String(url).replace("https://api.acme.example", `http://127.0.0.1:${port}`), init),
    },
  });
}

test("the connector of the guide sends what it is given", async () => {
  await using provider = await open("right");
  expect(await provider.verify()).toMatchObject({ authenticated: true });
  const receipt = await provider.send({
    to: [{ address: "you@example.test" }],
    bcc: [{ address: "secret@example.test" }],
    subject: "Hello",
    text: "Hi.",
    tags: ["welcome"],
  });
  expect(receipt.accepted).toEqual(["you@example.test", "secret@example.test"]);
  expect(requests.map(({ path }) => path)).toEqual(["/account", "/messages"]);
  expect(JSON.parse(requests[1]?.body ?? "")).toMatchObject({
    from: { address: "news@example.test" },
    to: [{ address: "you@example.test" }],
    bcc: [{ address: "secret@example.test" }],
    subject: "Hello",
    tags: ["welcome"],
  });
});

test("and says what is wrong with the key", async () => {
  await using provider = await open("wrong");
  await expect(provider.verify()).rejects.toMatchObject({
    code: "authentication-failed",
    actor: "configuration",
  });
});

test("and drops no field, and does not call a message unsent that a gateway may have passed on", async () => {
  const message = { to: [{ address: "you@example.test" }], subject: "Hello", text: "Hi." };
  await using provider = await open("broken");
  const before = requests.length;
  await expect(provider.send({ ...message, headers: { "X-A": "b" } })).rejects.toMatchObject({
    code: "capability-unsupported",
    certainty: "not_sent",
  });
  expect(requests).toHaveLength(before);
  await expect(provider.send(message)).rejects.toMatchObject({
    code: "outcome-unknown",
    certainty: "unknown",
    retryable: false,
  });
});
