import type { EmailMessage } from "@getfluxly/email-core";
import { expect, test } from "vitest";
import { collectArrived } from "./collect-arrived.js";
import { collectOutcomes } from "./collect-outcomes.js";
import type { BatchTraits } from "./describe-batches.js";
import type { MailServer } from "./mail-server.js";
import { openProviderAt } from "./open-provider-at.js";
import { mailDomain } from "./real-relay.js";
import { sampleDomain } from "./sample-messages.js";
import { sessionsDuring } from "./sessions-during.js";
import { summaryOfOutcome } from "./summary-of-outcome.js";

const rounds = 6;
const at = (user: string) => `${user}@${mailDomain}`;

/** Each message of a round: to whom, with how many octets attached, and what becomes of it. */
const round: readonly (readonly [users: readonly string[], octets: number, outcome: string])[] = [
  [["anna"], 0, `sent to ${at("anna")}`],
  [["nobody"], 0, `recipients-refused, not_sent, ${at("nobody")} refused with 550`],
  [["nobody", "anna"], 10, `sent to ${at("anna")}, ${at("nobody")} refused with 550`],
  [["jörg"], 0, "smtputf8-unsupported, not_sent"],
  [["bert", "nobody"], 50_000, `sent to ${at("bert")}, ${at("nobody")} refused with 550`],
  [
    ["nobody", "nemo"],
    50_000,
    `recipients-refused, not_sent, ${at("nobody")} refused with 550, ${at("nemo")} refused with 550`,
  ],
  [["nemo"], 0, `recipients-refused, not_sent, ${at("nemo")} refused with 550`],
  [["anna", "bert"], 0, `sent to ${at("anna")} ${at("bert")}`],
  [["anna"], 100_000, "message-too-large, not_sent"],
  [["bert"], 0, `sent to ${at("bert")}`],
];

/** Batches to a server that does not know everybody, takes 100 kB at most, and no SMTPUTF8. */
export function describeRefusedInBatches(
  modest: () => MailServer,
  { lookAhead }: Pick<BatchTraits, "lookAhead">,
): void {
  test.each([1, 3])("a batch of good and bad messages: each its own outcome (%i)", async (maxConnections) => {
    const name = `mixed-${maxConnections}`;
    const plan = Array.from({ length: rounds }, () => round).flat();
    const messages = plan.map(
      ([users, octets], index): EmailMessage => ({
        to: users.map((user) => ({ address: at(user) })),
        subject: `Number ${index}`,
        messageId: `${name}-${index}@${sampleDomain}`,
        text: "Hi",
        attachments: [{ ...file, content: new Uint8Array(octets) }],
      }),
    );
    const logged: string[] = [];
    const { result, sessions } = await sessionsDuring(modest(), async () => {
      await using provider = await openProviderAt({
        port: modest().plain.port,
        delivery: { maxConnections },
        logged,
      });
      return await collectOutcomes(provider, messages);
    });
    expect(result.map(summaryOfOutcome)).toEqual(plan.map(([, , outcome]) => outcome));
    if (lookAhead !== "refused") {
      expect(sessions.complaints).toEqual([]);
      expect(logged).toEqual([]);
      expect(sessions.opened).toBeLessThanOrEqual(maxConnections);
    }

    const copies = result.flatMap((outcome) =>
      outcome.status === "sent"
        ? outcome.receipt.accepted.map((address) => `${address} ${outcome.index}`)
        : [],
    );
    const arrived = await collectArrived(modest(), ["anna", "bert"], name, copies.length);
    expect(arrived.map(({ user, index }) => `${at(user)} ${index}`).sort()).toEqual(copies.sort());
  });
}

const file = { filename: "zeros.bin", contentType: "application/octet-stream" };
