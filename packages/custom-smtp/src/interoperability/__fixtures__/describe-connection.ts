import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { RelayUnderTest } from "./describe-relay.js";
import { failureOf } from "./failure-of.js";
import { openProvider } from "./open-provider.js";

/** Connect, TLS, login. */
export function describeConnection({ current, modest, enhancedStatusCodes }: RelayUnderTest): void {
  describe.concurrent("connects", () => {
    test.each(["starttls", "ssl"] as const)("with %s: encrypted and logged in", async (mode) => {
      await using provider = await openProvider(current(), mode);
      expect(await provider.verify()).toEqual({
        authenticated: true,
        encrypted: true,
        warnings: [],
        observedLimits: { maxMessageBytes: 12_000_000 },
      });
    });

    test("with none and no login: reachable, not verified, and with a warning", async () => {
      await using provider = await openProvider(current(), "none");
      const verification = await provider.verify();
      expect(verification).toMatchObject({ authenticated: false, encrypted: false });
      expect(verification.warnings).toEqual([expect.stringContaining("unencrypted")]);
    });

    test("with AUTH LOGIN, where the relay offers nothing else", async () => {
      await using provider = await openProvider(modest(), "starttls");
      expect(await provider.verify()).toMatchObject({ authenticated: true, encrypted: true });
      await using denied = await openProvider(modest(), "starttls", { password: "wrong" });
      expect(await failureOf(denied.verify())).toMatchObject({ code: "authentication-failed" });
    });

    test("and rehearses sender and recipient, without a message", async () => {
      const recipient = "anna@example.test";
      const anna = current().mailboxOf("anna");
      const before = (await anna.messages()).length;
      await using provider = await openProvider(current(), "starttls");
      expect(await provider.verify({ mode: "dry_run", recipient })).toMatchObject({ authenticated: true });
      const refused = provider.verify({ mode: "dry_run", recipient: "nobody@example.test" });
      expect(await failureOf(refused)).toMatchObject({ code: "recipients-refused", stage: "rcpt-to" });
      // A message sent afterwards is the first to arrive.
      const message = { to: [{ address: recipient }], subject: "Hello", text: "Hi" };
      await anna.messageWith((await provider.send(message)).messageId);
      expect(await anna.messages()).toHaveLength(before + 1);
    });
  });

  describe.concurrent("does not connect", () => {
    test("with a wrong password", async () => {
      const password = "canary-4711-wrong";
      await using provider = await openProvider(current(), "starttls", { password });
      const failure = await failureOf(provider.verify());
      expect(failure).toMatchObject({
        code: "authentication-failed",
        stage: "auth",
        certainty: "not_sent",
        retryable: false,
        actor: "configuration",
        reply: { code: 535, ...(enhancedStatusCodes && { enhancedStatus: "5.7.8" }) },
      });
      const forms = [password, Buffer.from(password).toString("base64")];
      for (const form of forms) expect(JSON.stringify(failure) + inspect(failure)).not.toContain(form);
    });

    test.each(["starttls", "ssl"] as const)("with %s and a certificate that nobody trusts", async (mode) => {
      await using provider = await openProvider(current(), mode, { certificateAuthorities: [] });
      expect(await failureOf(provider.verify())).toMatchObject({
        code: "certificate-invalid",
        stage: "tls",
        certainty: "not_sent",
      });
    });

    test("with TLS at once where the relay starts in clear", async () => {
      const relay = current();
      await using provider = await openProvider({ ...relay, implicitTls: relay.submission }, "ssl");
      expect(await failureOf(provider.verify())).toMatchObject({ code: "tls-failed", certainty: "not_sent" });
    });

    test("with starttls where the relay has no TLS", async () => {
      await using provider = await openProvider({ ...current(), submission: current().plain }, "starttls");
      expect(await failureOf(provider.verify())).toMatchObject({
        code: "starttls-unsupported",
        stage: "starttls",
        certainty: "not_sent",
      });
    });
  });
}
