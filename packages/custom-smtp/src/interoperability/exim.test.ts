import { expect, onTestFinished, test } from "vitest";
import { describeEightBit } from "./__fixtures__/describe-eight-bit.js";
import { describeMailServer } from "./__fixtures__/describe-mail-server.js";
import { describeRelay } from "./__fixtures__/describe-relay.js";
import { missingForUnpacked } from "./__fixtures__/real-relay-availability.js";
import { sendToEach } from "./__fixtures__/send-to-each.js";
import { startExim } from "./__fixtures__/start-exim.js";

describeRelay(
  "Exim",
  missingForUnpacked("usr/sbin/exim4"),
  startExim,
  { enhancedStatusCodes: false, lookAhead: "used", messagesInBatch: 120 },
  () => {
    test("Exim ends a connection after ten messages, with the next one on its way: nothing is lost or sent twice", async () => {
      const exim = await startExim({ settings: { smtp_accept_max_per_connection: "10" } });
      onTestFinished(exim.close);
      const addresses = Array<string>(60).fill("anna@example.test");
      const { outcomes, sessions, arrived } = await sendToEach(exim, "many", addresses);
      expect(outcomes).toEqual(addresses.map((address) => `sent to ${address}`));
      expect(sessions).toMatchObject({ opened: 6, taken: 60, complaints: [] });
      expect(arrived).toEqual([...addresses.keys()]);
    });
  },
);

describeMailServer(
  "Exim without PIPELINING, 8BITMIME and CHUNKING",
  missingForUnpacked("usr/sbin/exim4"),
  (options) =>
    startExim({
      ...options,
      settings: { pipelining_advertise_hosts: "", chunking_advertise_hosts: "", accept_8bitmime: "false" },
    }),
  { lookAhead: "impossible", eightBitMime: false, messagesInBatch: 100 },
  describeEightBit,
);
