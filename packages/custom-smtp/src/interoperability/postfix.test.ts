import type { Receipt } from "@getfluxly/email-core";
import { expect, test, vi } from "vitest";
import { describeRelay } from "./__fixtures__/describe-relay.js";
import { openProvider } from "./__fixtures__/open-provider.js";
import { missingForPostfix } from "./__fixtures__/real-relay-availability.js";
import { startPostfix } from "./__fixtures__/start-postfix.js";

describeRelay("Postfix", missingForPostfix(), startPostfix, ({ current }) => {
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
});
