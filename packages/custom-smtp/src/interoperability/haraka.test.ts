import { expect, test } from "vitest";
import { describeRelay } from "./__fixtures__/describe-relay.js";
import { openProvider } from "./__fixtures__/open-provider.js";
import { missingForHaraka } from "./__fixtures__/real-relay-availability.js";
import { startHaraka } from "./__fixtures__/start-haraka.js";

describeRelay(
  "Haraka",
  missingForHaraka(),
  startHaraka,
  { enhancedStatusCodes: true, lookAhead: "refused", messagesInBatch: 60 },
  ({ current }) => {
    test("Haraka names the message by its transaction", async () => {
      await using provider = await openProvider(current(), "starttls");
      const receipt = await provider.send({
        to: [{ address: "anna@example.test" }],
        subject: "Hello",
        text: "Hi",
      });
      expect(receipt.response).toBe(`250 Message Queued (${receipt.relayMessageId})`);
      expect(receipt.relayMessageId).toMatch(/^[0-9A-F-]{36}\.1$/);
    });
  },
);
