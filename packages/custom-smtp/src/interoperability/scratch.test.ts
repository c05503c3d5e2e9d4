import { test } from "vitest";
import { startPostfix } from "./__fixtures__/start-postfix.js";
import { startExim } from "./__fixtures__/start-exim.js";
import { startHaraka } from "./__fixtures__/start-haraka.js";
import { startSendmail } from "./__fixtures__/start-sendmail.js";
import { startOpenSmtpd } from "./__fixtures__/start-opensmtpd.js";
import { startAiosmtpd } from "./__fixtures__/start-aiosmtpd.js";
import { startSmtpServer } from "./__fixtures__/start-smtp-server.js";
import { startSmtpSink } from "./__fixtures__/start-smtp-sink.js";
import { openProviderAt } from "./__fixtures__/open-provider-at.js";
import { collectOutcomes } from "./__fixtures__/collect-outcomes.js";
import { sampleMessages } from "./__fixtures__/sample-messages.js";
import { startWiretap } from "./__fixtures__/wiretap.js";
import { parseDialog } from "./__fixtures__/parse-dialog.js";
const servers: [string, () => Promise<any>][] = [["postfix", startPostfix], ["exim", startExim], ["haraka", startHaraka], ["sendmail", startSendmail], ["opensmtpd", startOpenSmtpd], ["aiosmtpd", startAiosmtpd], ["smtp-server", startSmtpServer], ["sink", () => startSmtpSink([])], ["sink -e", () => startSmtpSink(["-e"])]];
test("numbers", async () => {
  for (const [name, start] of servers) {
    const server = await start();
    for (const lookAhead of [true, false]) {
      await using tap = await startWiretap(server.plain.port);
      const messages = sampleMessages({ name: "n" + lookAhead, count: 100, users: ["anna", "bert"], eightBit: name !== "sink -e" });
      const t = performance.now();
      { await using p = await openProviderAt({ port: tap.port, delivery: { maxConnections: 1, lookAhead } }); await collectOutcomes(p, messages); }
      const ms = Math.round(performance.now() - t);
      await new Promise((r) => setTimeout(r, 300));
      const steps = tap.connections.flatMap(parseDialog);
      console.log(name, "lookAhead", lookAhead, "ahead", steps.filter((s) => s.isAhead && s.command.startsWith("MAIL ")).length, "connections", tap.connections.length, "ms", ms);
    }
    await server.close();
  }
}, 200000);
test("554", async () => {
  const server = await startPostfix();
  for (const second of ["x@elsewhere.test", "nobody@example.test"]) {
    const logged: string[] = [];
    { await using p = await openProviderAt({ port: server.plain.port, delivery: { maxConnections: 1 }, logged });
    await collectOutcomes(p, ["anna@example.test", second, "anna@example.test", "anna@example.test"].map((address) => ({ to: [{ address }], subject: "Hello", text: "Hi" }))); }
    console.log("554 finding", second, logged);
  }
  await server.close();
  const smtpd = await startOpenSmtpd({ settings: { "max-mails": "100" } });
  { await using p = await openProviderAt({ port: smtpd.plain.port, delivery: { maxConnections: 1 } });
  const o = await collectOutcomes(p, Array.from({ length: 240 }, () => ({ to: [{ address: "anna@example.test" }], subject: "Hello", text: "Hi" })));
  console.log("452 finding", o.filter((x) => x.status === "sent").length, "sent of 240"); }
  { await using p = await openProviderAt({ port: smtpd.plain.port, delivery: { maxConnections: 3, maxMessagesPerConnection: 90 } });
  const o = await collectOutcomes(p, Array.from({ length: 600 }, () => ({ to: [{ address: "anna@example.test" }], subject: "Hello", text: "Hi" })));
  console.log("452 with maxMessagesPerConnection 90:", o.filter((x) => x.status === "sent").length, "sent of 600"); }
  await smtpd.close();
}, 60000);
