import { expect, onTestFinished, test } from "vitest";
import { describeMailServer } from "./__fixtures__/describe-mail-server.js";
import { missingForUnpacked } from "./__fixtures__/real-relay-availability.js";
import { sendToEach } from "./__fixtures__/send-to-each.js";
import { startOpenSmtpd } from "./__fixtures__/start-opensmtpd.js";

describeMailServer(
  "OpenSMTPD",
  missingForUnpacked("usr/sbin/smtpd"),
  startOpenSmtpd,
  { lookAhead: "impossible", eightBitMime: true, messagesInBatch: 100 },
  () => {
    test("OpenSMTPD takes so many messages over one connection: those that it defers were not sent", async () => {
      const openSmtpd = await startOpenSmtpd({ settings: { "max-mails": "10" } });
      onTestFinished(openSmtpd.close);
      const addresses = Array<string>(25).fill("anna@example.test");
      const { outcomes, sessions, arrived } = await sendToEach(openSmtpd, "many", addresses);
      expect(outcomes.slice(0, 10)).toEqual(Array(10).fill("sent to anna@example.test"));
      const sent = [...outcomes.entries()].filter(([, outcome]) => outcome === "sent to anna@example.test");
      const deferred = outcomes.filter((outcome) => outcome === "relay-deferred, not_sent");
      expect(sent.length + deferred.length).toBe(addresses.length);
      expect(sessions.taken).toBe(sent.length);
      expect(arrived).toEqual(sent.map(([index]) => index));
    });
  },
);
