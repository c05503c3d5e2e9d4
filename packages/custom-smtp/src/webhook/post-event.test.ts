import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { receiveWebhook } from "@getfluxly/email-core/webhook";
import { expect, test } from "vitest";
import { smtpWebhook } from "./smtp-webhook.js";

/** The program as the page prints it. */
const page = readFileSync(new URL("../../../../docs/reference/webhook-events.md", import.meta.url), "utf8");
const program = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
const toSecret = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString("base64")}`;

test("the program of the page signs an event so that it is received, and fails when it is not", async () => {
  const outcomes: unknown[] = [];
  const receiver = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const reception = await receiveWebhook({
      adapter: smtpWebhook,
      request: { method: "POST", url: "http://receiver.test/", headers: request.headers, body },
      config: { secrets: [toSecret("p")] },
      replayStore: null,
    });
    outcomes.push(reception.outcome === "received" ? await reception.parse() : reception.outcome);
    response.writeHead(reception.status).end();
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const address = receiver.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
  const folder = await mkdtemp(join(tmpdir(), "post-event-"));
  try {
    await writeFile(join(folder, "post-event.mjs"), program);
    const post = async (secret: string) => {
      await writeFile(join(folder, "webhook-secret"), `${secret}\n`);
      const child = execFile(process.execPath, [join(folder, "post-event.mjs"), url]);
      child.stdin?.end('{"type":"delivered","event_id":"g-2","recipient":"kim@example.net"}\n');
      const [code] = await once(child, "exit");
      return code;
    };
    expect(await post(toSecret("p"))).toBe(0);
    expect(await post(toSecret("q"))).toBe(1);
    expect(outcomes).toMatchObject([
      { events: [{ id: "smtp:g-2", type: "delivered", recipient: "kim@example.net" }], failures: [] },
      "refused",
    ]);
  } finally {
    receiver.close();
    await rm(folder, { recursive: true });
  }
});
