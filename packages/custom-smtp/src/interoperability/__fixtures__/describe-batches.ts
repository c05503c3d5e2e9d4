import type { EmailMessage } from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { type ArrivedMessage, collectArrived } from "./collect-arrived.js";
import { collectOutcomes } from "./collect-outcomes.js";
import { type ContentDigest, digestOfArrived, digestOfSent } from "./content-digest.js";
import type { SessionCount } from "./count-sessions.js";
import type { MailServer } from "./mail-server.js";
import { type Endpoint, openProviderAt } from "./open-provider-at.js";
import { parseDialog } from "./parse-dialog.js";
import { sampleMessages } from "./sample-messages.js";
import { sessionsDuring } from "./sessions-during.js";
import { summaryOfOutcome } from "./summary-of-outcome.js";
import { startWiretap } from "./wiretap.js";

export interface BatchTraits {
  /**
   * `used`: PIPELINING is announced, and commands may follow a message in the same write. `refused`: it is announced, but
   * they may not, which the connector has to find out. `impossible`: it is not announced.
   */
  readonly lookAhead: "used" | "refused" | "impossible";
  /** Whether 8BITMIME is announced. */
  readonly eightBitMime: boolean;
  /** Default 200. */
  readonly messagesInBatch?: number;
  /** It writes header fields in its own way; the body it leaves alone. */
  readonly rewritesHeader?: boolean;
  /** How the batch over several connections goes in. Default: as the others, in clear. */
  readonly endpoint?: () => Endpoint;
}

const users = ["anna", "bert"];

/** Batches with look-ahead: what went in comes out, once, over as few connections as were asked for. */
export function describeBatches(current: () => MailServer, traits: BatchTraits): void {
  const { lookAhead } = traits;
  const sample = (name: string, count = traits.messagesInBatch ?? 200) =>
    sampleMessages({ name, count, users, eightBit: traits.eightBitMime });

  /** No word about the connections that is not a compliment; where look-ahead is refused, each may find out by itself. */
  function expectHealthy({ complaints, opened, mostAtOnce }: SessionCount, logged: string[], atMost: number) {
    expect(opened).toBeLessThanOrEqual(atMost + complaints.length);
    if (lookAhead === "refused") {
      expect(logged).toEqual(["smtp-pipelining-reduced"]);
      expect(complaints.length).toBeLessThanOrEqual(atMost);
    } else {
      expect(logged).toEqual([]);
      expect(complaints).toEqual([]);
      expect(mostAtOnce).toBeLessThanOrEqual(atMost);
    }
  }

  /** Sends, and expects the outcomes and the connections that a healthy batch has. */
  async function sendAll(messages: readonly EmailMessage[], endpoint: Endpoint, maxConnections: number) {
    const logged: string[] = [];
    const { result, sessions } = await sessionsDuring(current(), async () => {
      await using provider = await openProviderAt({ ...endpoint, delivery: { maxConnections }, logged });
      return await collectOutcomes(provider, messages);
    });
    expect(result.map(summaryOfOutcome)).toEqual(
      messages.map(({ to }) => `sent to ${to.map(({ address }) => address).join(" ")}`),
    );
    expect(sessions.taken).toBe(messages.length);
    expectHealthy(sessions, logged, maxConnections);
    expect(sessions.quit).toBe(maxConnections);
  }

  async function expectArrived(name: string, messages: readonly EmailMessage[]) {
    const copies = messages.flatMap(({ to }, index) =>
      to.map(({ address }) => `${address.split("@")[0]} ${index}`),
    );
    const arrived = await collectArrived(current(), users, name, copies.length);
    const whose = ({ user, index }: ArrivedMessage) => `${user} ${index}`;
    expect(arrived.map(whose).sort()).toEqual(copies.sort());
    const digests: Record<number, ContentDigest> = {};
    for (const { index, source } of arrived) {
      const digest = await digestOfArrived(source);
      if (digests[index]) expect(digest).toEqual(digests[index]);
      digests[index] = digest;
    }
    expect(digests).toEqual(Object.fromEntries(messages.map(digestOfSent).entries()));
    return arrived;
  }

  describe("takes batches", () => {
    test("over one connection, octet by octet", async () => {
      const messages = sample("one");
      await using tap = await startWiretap(current().plain.port);
      await sendAll(messages, { port: tap.port }, 1);

      const steps = tap.connections.flatMap(parseDialog);
      const contents = steps.flatMap(({ content }) => content ?? []);
      expect(contents).toHaveLength(messages.length);
      // Not all: what takes time to compose goes by itself.
      const ahead = steps.filter(({ command, isAhead }) => isAhead && command.startsWith("MAIL "));
      if (lookAhead === "used") expect(ahead.length).toBeGreaterThan(messages.length * 0.8);
      if (lookAhead === "refused") expect(ahead).toHaveLength(1);
      if (lookAhead === "impossible") expect(steps.filter(({ isAhead }) => isAhead)).toEqual([]);

      const sent = new Map(contents.map((content) => [messageIdIn(content), toComparable(content)]));
      for (const { source } of await expectArrived("one", messages)) {
        const content = sent.get(messageIdIn(source)) ?? "not sent";
        const expected = traits.rewritesHeader ? content.slice(content.indexOf("\n\n")) : content;
        expect(toComparable(source).endsWith(expected)).toBe(true);
      }
    });

    test("over three connections", async () => {
      const messages = sample("three");
      const endpoint = traits.endpoint?.() ?? { port: current().plain.port };
      await sendAll(messages, endpoint, 3);
      await expectArrived("three", messages);
    });

    test("and twenty calls of send over two connections", async () => {
      const messages = sample("twenty", 20);
      const logged: string[] = [];
      const { result, sessions } = await sessionsDuring(current(), async () => {
        await using provider = await openProviderAt({
          port: current().plain.port,
          delivery: { maxConnections: 2 },
          logged,
        });
        return await Promise.all(messages.map((message) => provider.send(message)));
      });
      expect(result.map(({ accepted }) => accepted)).toEqual(
        messages.map(({ to }) => to.map(({ address }) => address)),
      );
      expect(sessions.taken).toBe(messages.length);
      expectHealthy(sessions, logged, 2);
      await expectArrived("twenty", messages);
    });
  });
}

/** A mailbox has line feeds where the wire has CRLF. */
const toComparable = (bytes: Buffer) => bytes.toString("latin1").replaceAll("\r\n", "\n");

const messageIdIn = (bytes: Buffer) => /^Message-ID: (<.*>)/im.exec(bytes.toString("latin1", 0, 4_096))?.[1];
