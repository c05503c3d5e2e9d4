import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { serveHost } from "../http/serve-host.js";
import {
  type BouncingPostfix,
  missingForPostfix,
  startBouncingPostfix,
} from "./__fixtures__/start-bouncing-postfix.js";

/** The script as the guide prints it. */
const guide = readFileSync(
  new URL("../../../../docs/guides/bounces-from-your-own-server.md", import.meta.url),
  "utf8",
);
const script = /```sh\n(#!\/bin\/sh\n[^`]*)```/.exec(guide)?.[1] ?? "";

const missing = missingForPostfix();
if (missing !== undefined) console.log(`left out: bounces of a real Postfix (${missing})`);
if (missing !== undefined && process.env.REQUIRE_REAL_RELAYS) throw new Error(missing);

describe.skipIf(missing !== undefined)("a real Postfix bounces a real message", () => {
  let nextRelay: SandboxRelay;
  let host: TestHost;
  let server: Awaited<ReturnType<typeof serveHost>>;
  let postfix: BouncingPostfix;
  let providerId: string;

  beforeAll(async () => {
    nextRelay = await startSandboxRelay({
      tls: "none",
      authentication: "not_offered",
      rejectRecipients: { "gone@example.net": "550 5.1.1 <gone@example.net>: no such user here" },
    });
    host = await openTestHost();
    server = await serveHost(host, { port: 0, hostname: "127.0.0.1" });
    // The provider is made once the port is known, and Postfix once the secret is.
    const temporary = await startSandboxRelay({ tls: "none", authentication: "not_offered" });
    const create = async (smtp_port: number) =>
      (
        await host.call("POST", "/v1/projects/demo/email-providers", {
          body: {
            ...{ provider: "smtp", display_name: "Own server", from_email: "news@customer.test" },
            ...{ smtp_host: "127.0.0.1", smtp_port, smtp_secure: "none" },
          },
        })
      ).body;
    const first = await create(temporary.port);
    await temporary.close();
    postfix = await startBouncingPostfix({
      ...{ nextPort: nextRelay.port, bounceAddress: "news@customer.test", script },
      ...{ url: `${server.url}/webhooks/smtp/demo`, secret: first.webhook.secret },
    });
    // It listens a moment after it has started.
    for (let created = await create(postfix.port); ; created = await create(postfix.port)) {
      providerId = created.id;
      if (providerId !== undefined) break;
      await delay(100);
    }
  });
  afterAll(async () => {
    await postfix?.stop();
    await server?.close();
    await nextRelay?.close();
  });

  const send = async (to: string) =>
    (await host.call("POST", `/v1/email-providers/${providerId}/test`, { body: { to } })).body;
  const find = (path: string, messageId: string) =>
    expect.poll(
      async () => {
        const { body } = await host.call("GET", `/v1/projects/demo/email-events${path}`);
        return body.data.find(({ message_id }: { message_id: string }) => message_id === messageId);
      },
      { timeout: 20_000 },
    );

  test("and the event is there, with message, recipient, severity and status", async () => {
    const { message_id, verdict, relay_message_id } = await send("gone@example.net");
    expect(verdict).toBe("pass");
    await find("?type=bounced", message_id).toMatchObject({
      ...{ type: "bounced", recipient: "gone@example.net", recipient_certainty: "exact", matched: true },
      ...{ relay_message_id, correlation_id: message_id.replace(/@.*/, ""), proof: "shared_secret" },
      bounce: { severity: "permanent", category: "invalid-recipient", scope: "recipient" },
      smtp: { code: 550, status: "5.1.1" },
    });
    const { body } = await host.call("GET", "/v1/projects/demo/suppressions");
    expect(body.data).toMatchObject([{ address: "gone@example.net", reason: "invalid-recipient" }]);
  });

  test("a complaint in the form of a feedback loop arrives as a complaint", async () => {
    const { message_id } = await send("kim@example.net");
    await nextRelay.waitForMessages(1);
    await deliver(postfix.port, "news@customer.test", [
      ...["From: fbl@mailbox.example", "To: news@customer.test", "Subject: complaint", "MIME-Version: 1.0"],
      ...[
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
        "Message-ID: <fbl-1@mailbox.example>",
      ],
      ...[
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "An abuse report.",
        "",
        "--b",
        "Content-Type: message/feedback-report",
        "",
      ],
      ...[
        "Feedback-Type: abuse",
        "User-Agent: Loop/1.0",
        "Version: 1",
        "Original-Rcpt-To: <kim@example.net>",
        "",
      ],
      ...[
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        `Message-ID: <${message_id}>`,
        "Subject: Test",
        "",
        "--b--",
      ],
    ]);
    await find("?type=complained", message_id).toMatchObject({
      ...{ type: "complained", recipient: "kim@example.net", matched: true },
      complaint: { feedback_type: "abuse", user_agent: "Loop/1.0" },
    });
    const { body } = await host.call("GET", "/v1/projects/demo/suppressions");
    expect(body.data.map(({ address }: { address: string }) => address)).toContain("kim@example.net");
  });

  test("a report that returns nothing finds its message by the address that it was sent to", async () => {
    const { message_id } = await send("lee@example.net");
    const id = message_id.replace(/@.*/, "").toLowerCase();
    await deliver(postfix.port, `news+${id}@customer.test`, [
      ...["From: MAILER-DAEMON@far.example", "MIME-Version: 1.0", "Message-ID: <far-1@far.example>"],
      ...['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "", "--b"],
      ...["Content-Type: message/delivery-status", "", "Reporting-MTA: dns; far.example", ""],
      ...["Final-Recipient: rfc822; lee@example.net", "Action: failed", "Status: 5.2.1", "", "--b--"],
    ]);
    await expect
      .poll(async () => (await host.call("GET", "/v1/projects/demo/email-events?type=bounced")).body.data, {
        timeout: 20_000,
      })
      .toContainEqual(
        expect.objectContaining({
          ...{ recipient: "lee@example.net", correlation_id: id.toUpperCase(), matched: true },
          bounce: expect.objectContaining({ severity: "permanent", category: "mailbox-disabled" }),
        }),
      );
  });

  test("a forged bounce of a message that we never sent suppresses nobody", async () => {
    await deliver(postfix.port, "news@customer.test", [
      ...[
        "From: MAILER-DAEMON@forged.example",
        "To: news@customer.test",
        "MIME-Version: 1.0",
        "Message-ID: <forged@x>",
      ],
      ...['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "", "--b"],
      ...["Content-Type: message/delivery-status", "", "Reporting-MTA: dns; forged.example", ""],
      ...["Final-Recipient: rfc822; victim@example.net", "Action: failed", "Status: 5.1.1", "", "--b--"],
    ]);
    await expect
      .poll(
        async () => (await host.call("GET", "/v1/projects/demo/email-events?matched=false")).body.data.length,
        {
          timeout: 20_000,
        },
      )
      .toBe(1);
    const { body } = await host.call("GET", "/v1/projects/demo/suppressions");
    expect(JSON.stringify(body)).not.toContain("victim@example.net");
  });
});

describe.skipIf(missing !== undefined)("the script tells Postfix", () => {
  test.each([
    ["nothing when the webhook has it", 200, 0],
    ["that the message is too large", 413, 69],
    ["to try again when the secret is not right", 401, 75],
    ["to try again when the host has a fault", 503, 75],
  ])("%s", async (_what, status, code) => {
    let header: string | undefined;
    let length = 0;
    const server = createServer(async (request, response) => {
      header = request.headers.authorization;
      for await (const chunk of request) length += chunk.length;
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
    const folder = await mkdtemp(join(tmpdir(), "post-bounce-"));
    try {
      await writeFile(join(folder, "header"), "Authorization: Bearer whsec_x\n");
      const child = spawn("sh", ["-c", script, "post-bounce", url, join(folder, "header")]);
      child.stdin.end("Subject: x\n\nx\0\n");
      const said = child.stdout.toArray();
      expect((await once(child, "close"))[0]).toBe(code);
      expect((await said).join("")).toBe(code === 0 ? "" : `The webhook answered ${status}.\n`);
      expect([header, length]).toEqual(["Bearer whsec_x", 15]);
    } finally {
      server.close();
      await rm(folder, { recursive: true });
    }
  });
});

/** One message over SMTP, each command after the answer to the one before. */
async function deliver(port: number, to: string, lines: readonly string[]): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  const answers = socket.setEncoding("utf8")[Symbol.asyncIterator]();
  const content = `${lines.join("\r\n")}\r\n.\r\n`;
  for (const command of [
    "",
    "EHLO fbl.test\r\n",
    "MAIL FROM:<>\r\n",
    `RCPT TO:<${to}>\r\n`,
    "DATA\r\n",
    content,
  ]) {
    if (command !== "") socket.write(command);
    const { value } = await answers.next();
    expect(String(value)).toMatch(/^[23]/);
  }
  socket.end("QUIT\r\n");
}
