import { expect, test } from "vitest";
import { collectArrived } from "./collect-arrived.js";
import { collectOutcomes } from "./collect-outcomes.js";
import type { MailServer } from "./mail-server.js";
import { openProviderAt } from "./open-provider-at.js";
import { sampleMessages } from "./sample-messages.js";
import { sessionsDuring } from "./sessions-during.js";

/** For a server that does not announce 8BITMIME. */
export function describeEightBit(current: () => MailServer): void {
  test("messages that need 8BITMIME fail alone", async () => {
    const sample = { name: "eight", count: 40, users: ["anna"] };
    const messages = sampleMessages({ ...sample, eightBit: true });
    const needy = sampleMessages({ ...sample, eightBit: false }).map(
      ({ text }, index) => text !== messages[index]?.text,
    );
    const { result, sessions } = await sessionsDuring(current(), async () => {
      await using provider = await openProviderAt({
        port: current().plain.port,
        delivery: { maxConnections: 1 },
      });
      return await collectOutcomes(provider, messages);
    });
    expect(needy.filter(Boolean)).toHaveLength(2);
    const outcomes = result.map((outcome) =>
      outcome.status === "sent" ? "sent" : `${outcome.failure.code}, ${outcome.failure.certainty}`,
    );
    expect(outcomes).toEqual(needy.map((is) => (is ? "message-refused, not_sent" : "sent")));
    expect(sessions).toMatchObject({ opened: 1, quit: 1, taken: 38, complaints: [] });
    const arrived = await collectArrived(current(), ["anna"], "eight", 38);
    expect(arrived.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
      needy.flatMap((is, index) => (is ? [] : index)),
    );
  });
}
