import { expect, test, vi } from "vitest";
import { describeRelay } from "./__fixtures__/describe-relay.js";
import { failureOf } from "./__fixtures__/failure-of.js";
import { openProvider } from "./__fixtures__/open-provider.js";
import { missingForPostfix } from "./__fixtures__/real-relay-availability.js";
import { startPostfix } from "./__fixtures__/start-postfix.js";

describeRelay("Postfix", missingForPostfix(), startPostfix, ({ current }) => {
  /** How Postfix counts the commands of the session that `work` makes. */
  const sessionOf = async (work: () => Promise<unknown>): Promise<string> => {
    const before = (await current().log()).length;
    await work();
    return vi.waitFor(async () => {
      const line = /disconnect from localhost\S* (.*)/.exec((await current().log()).slice(before));
      if (line?.[1] === undefined) throw new Error("the session has not ended yet");
      return line[1];
    });
  };

  test("a session has no command too many, and none that fails", async () => {
    await using provider = await openProvider(current(), "starttls");
    const message = { to: [{ address: "anna@example.test" }], subject: "Hello", text: "Hi" };
    const commands = await sessionOf(() => provider.send(message));
    expect(commands).toBe("ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8");
  });

  test("a message over the announced size never comes to DATA", async () => {
    await using provider = await openProvider(current(), "starttls");
    const attachment = {
      filename: "zeros.bin",
      contentType: "application/octet-stream",
      content: new Uint8Array(10_000_000),
    };
    const message = {
      to: [{ address: "anna@example.test" }],
      subject: "Large",
      text: "Hi",
      attachments: [attachment],
    };
    const commands = await sessionOf(() => failureOf(provider.send(message)));
    expect(commands).toContain("auth=1");
    expect(commands).not.toContain("data=");
  });

  test("Postfix names the login and the queue id in its own words", async () => {
    await using provider = await openProvider(current(), "starttls");
    const receipt = await provider.send({
      to: [{ address: "anna@example.test" }],
      subject: "Hello",
      text: "Hi",
    });
    expect(receipt.response).toBe(`250 2.0.0 Ok: queued as ${receipt.relayMessageId}`);
    expect(await current().log()).toMatch(
      new RegExp(`${receipt.relayMessageId}: client=.*sasl_method=PLAIN, sasl_username=relay-user`),
    );
  });
});
