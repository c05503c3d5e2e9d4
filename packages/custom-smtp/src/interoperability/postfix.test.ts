import type { Receipt } from "@getfluxly/email-core";
import { expect, test, vi } from "vitest";
import { describeEightBit } from "./__fixtures__/describe-eight-bit.js";
import { describeMailServer } from "./__fixtures__/describe-mail-server.js";
import { describeRelay } from "./__fixtures__/describe-relay.js";
import { openProvider } from "./__fixtures__/open-provider.js";
import type { RealRelayOptions } from "./__fixtures__/real-relay.js";
import { missingForPostfix } from "./__fixtures__/real-relay-availability.js";
import { sendToEach } from "./__fixtures__/send-to-each.js";
import { startPostfix } from "./__fixtures__/start-postfix.js";

describeRelay(
  "Postfix",
  missingForPostfix(),
  startPostfix,
  { enhancedStatusCodes: true, lookAhead: "used" },
  ({ current }) => {
    const patience = { timeout: 10_000 };
    /** How Postfix counts the commands of the one session in which a message with this attachment is sent. */
    const commandsFor = async (attachmentBytes: number): Promise<string> => {
      const count = async (event: string) => (await current().log()).split(`: ${event} from `).length;
      await vi.waitFor(async () => expect(await count("disconnect")).toBe(await count("connect")), patience);
      const before = (await current().log()).length;
      await sendOne(attachmentBytes).catch(() => undefined);
      return vi.waitFor(async () => {
        const end = /: disconnect from \S+ (.*)/.exec((await current().log()).slice(before));
        if (end?.[1] === undefined) throw new Error("the session has not ended yet");
        return end[1];
      }, patience);
    };
    const sendOne = async (attachmentBytes: number): Promise<Receipt> => {
      await using provider = await openProvider(current(), "starttls");
      const content = new Uint8Array(attachmentBytes);
      return await provider.send({
        to: [{ address: "anna@example.test" }],
        subject: "Hello",
        text: "Hi",
        attachments: [{ filename: "zeros.bin", contentType: "application/octet-stream", content }],
      });
    };

    test("a session has no command too many, and none that fails", async () => {
      expect(await commandsFor(10)).toBe("ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8");
    });

    test("a message over the announced size never comes to DATA", async () => {
      const commands = await commandsFor(10_000_000);
      expect(commands).toContain("auth=1");
      expect(commands).not.toContain("data=");
    });

    test("Postfix names the login and the queue id in its own words", async () => {
      const receipt = await sendOne(10);
      expect(receipt.response).toBe(`250 2.0.0 Ok: queued as ${receipt.relayMessageId}`);
      expect(await current().log()).toMatch(
        new RegExp(`${receipt.relayMessageId}: client=.*sasl_method=PLAIN, sasl_username=relay-user`),
      );
    });

    test("Postfix hangs up on a batch with many unknown users: nothing is lost or sent twice", async () => {
      const unknown = Array<string>(25).fill("nobody@example.test");
      const known = Array<string>(5).fill("anna@example.test");
      const { outcomes, sessions, arrived } = await sendToEach(current(), "unknown", [...unknown, ...known]);
      expect(outcomes).toEqual([
        ...unknown.map((address) => `recipients-refused, not_sent, ${address} refused with 550`),
        ...known.map((address) => `sent to ${address}`),
      ]);
      expect(sessions.complaints).toEqual(
        Array(2).fill(expect.stringContaining("too many errors after DATA")),
      );
      expect(sessions).toMatchObject({ opened: 3, quit: 1, taken: 5 });
      expect(arrived).toEqual([25, 26, 27, 28, 29]);
    });

    test("a refusal with 554, which could mean a sequence error as well, is that of one message", async () => {
      const addresses = [
        "anna@example.test",
        "anna@elsewhere.test",
        ...Array<string>(5).fill("anna@example.test"),
      ];
      const { outcomes, arrived } = await sendToEach(current(), "relay", addresses);
      expect(outcomes).toEqual(
        addresses.map((address) =>
          address === "anna@elsewhere.test"
            ? `recipients-refused, not_sent, ${address} refused with 554`
            : `sent to ${address}`,
        ),
      );
      expect(arrived).toEqual([0, 2, 3, 4, 5, 6]);
    });
  },
);

const without = (options: RealRelayOptions, settings: Readonly<Record<string, string>>) =>
  startPostfix({ ...options, settings });

describeMailServer(
  "Postfix without PIPELINING, 8BITMIME, SIZE and others",
  missingForPostfix(),
  (options = {}) =>
    without(options, {
      smtpd_discard_ehlo_keywords:
        "pipelining, 8bitmime, size, chunking, smtputf8, dsn, enhancedstatuscodes, vrfy, etrn",
    }),
  { lookAhead: "impossible", eightBitMime: false, messagesInBatch: 100 },
  describeEightBit,
);

describeMailServer(
  "Postfix without ESMTP",
  missingForPostfix(),
  (options = {}) => without(options, { smtpd_command_filter: "regexp:{{/^EHLO/ UNKNOWN}}" }),
  { lookAhead: "impossible", eightBitMime: false, messagesInBatch: 100 },
  describeEightBit,
);
