import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import type { EmailEvent } from "@getfluxly/email-core";
import { createProviderRegistry } from "@getfluxly/email-core";
import { receiveWebhook } from "@getfluxly/email-core/webhook";
import { describe, expect, test } from "vitest";
import { createRelayNetworkPolicy } from "../network/relay-network-policy.js";
import { customSmtpDefinition } from "../smtp-definition.js";
import { smtpWebhook } from "../webhook/smtp-webhook.js";
import { findHaraka } from "./__fixtures__/find-haraka.js";
import { freePorts } from "./__fixtures__/free-ports.js";
import { harakaConfig } from "./__fixtures__/haraka-config.js";
import { isRelayAvailable, missingForHaraka } from "./__fixtures__/real-relay-availability.js";
import { createRelayWorkspace } from "./__fixtures__/relay-workspace.js";
import { waitUntilListening } from "./__fixtures__/wait-until-listening.js";

/** The plugin as the guide prints it. */
const guide = readFileSync(
  new URL("../../../../docs/guides/bounces-from-your-own-server.md", import.meta.url),
  "utf8",
);
const plugin = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
const secret = `whsec_${Buffer.alloc(32, "h").toString("base64")}`;

/** Where mail goes in this test; in real life the DNS says it. */
const routing = (self: number, next: number) => `
  exports.hook_get_mx = (done, hmail, domain) =>
    done(OK, { exchange: "127.0.0.1", port: domain === "customer.test" ? ${self} : ${next}, priority: 0, bind_helo: "mail.customer.test" });
  exports.hook_rcpt = (done, connection, [recipient]) => {
    if (recipient.host !== "customer.test") connection.relaying = true;
    done(OK);
  };
`;

describe.skipIf(!isRelayAvailable("Haraka bounces", missingForHaraka()))("Haraka", () => {
  test("bounces a message, and the plugin of the guide posts the report", async () => {
    const events: EmailEvent[] = [];
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const reception = await receiveWebhook({
        adapter: smtpWebhook,
        request: {
          method: "POST",
          url: "http://receiver.test/",
          headers: request.headers,
          body: Buffer.concat(chunks),
        },
        config: { secrets: [secret] },
        replayStore: null,
      });
      if (reception.outcome === "received") events.push(...(await reception.parse()).events);
      response.writeHead(reception.status).end();
    }).listen(0, "127.0.0.1");
    await once(receiver, "listening");
    const address = receiver.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
    await using next = await startSandboxRelay({
      ...{ tls: "none", authentication: "not_offered" },
      rejectRecipients: { "gone@example.net": "550 5.1.1 no such user here" },
    });
    const workspace = await createRelayWorkspace("haraka-bounces");
    try {
      const [submissionPort = 0, implicitTlsPort = 0, plainPort = 0] = await freePorts(3);
      const files = harakaConfig({
        ...{ submissionPort, implicitTlsPort, plainPort, username: "u", password: "p", mechanisms: [] },
        ...{ maxMessageBytes: 1_000_000, smtputf8: true },
      });
      await workspace.write({
        ...files,
        "config/smtp.ini": `listen=127.0.0.1:${plainPort}\nnodes=0\n`,
        "config/outbound.ini": "enable_tls=false\n",
        "config/plugins": "routing\npost-bounce\n",
        "config/post-bounce.ini": `[main]\naddress=news@customer.test\nurl=${url}\nsecret=${secret}\n`,
        "plugins/post-bounce.js": plugin,
        "plugins/routing.js": routing(plainPort, next.port),
      });
      const haraka = await workspace.start(process.execPath, [findHaraka()], "haraka.log", {
        HARAKA: workspace.folder,
      });
      await waitUntilListening({ host: "127.0.0.1", port: plainPort }, haraka);

      const registry = createProviderRegistry({ smtp: customSmtpDefinition });
      await using provider = await registry.open("smtp", {
        config: { smtp_host: "127.0.0.1", smtp_port: plainPort, smtp_secure: "none" },
        sender: { from_email: "news@customer.test" },
        context: createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8"] }),
      });
      const { messageId } = await provider.send({
        ...{ to: [{ address: "gone@example.net" }], subject: "Hello", text: "Hi" },
      });
      await expect
        .poll(() => events[0], { timeout: 20_000 })
        .toMatchObject({
          ...{
            type: "bounced",
            recipient: "gone@example.net",
            messageId,
            correlationId: messageId.replace(/@.*/, ""),
          },
          bounce: { severity: "permanent", category: "invalid-recipient" },
          smtp: { code: 550, status: "5.1.1" },
        });
    } finally {
      await workspace.close();
      receiver.close();
    }
  });
});
