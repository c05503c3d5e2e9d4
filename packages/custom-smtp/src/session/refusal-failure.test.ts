import { describe, expect, test } from "vitest";
import type { SmtpStage } from "./progress.js";
import { refusalFailure } from "./refusal-failure.js";
import { refusedRecipients, toRejectedRecipient } from "./refused-recipients.js";
import { toServerReply } from "./reply.js";

const same = (text: string) => text;
const toReply = (line: string) => ({ code: Number(line.slice(0, 3)), lines: [line.slice(4)] });

describe("codes and stages decide, whatever the words say", () => {
  test.each<[string, SmtpStage, string, boolean]>([
    ["451 4.3.0 cannot connect, error 500, see 550 5.7.1", "mail-from", "relay-deferred", true],
    ["451 4.3.0 cannot connect, error 500, see 550 5.7.1", "end-of-data", "relay-deferred", true],
    ["550 5.6.0 try again later, 421 timeout", "end-of-data", "message-refused", false],
    ["550 5.7.1 authentication failed: 451 greylisted", "mail-from", "sender-refused", false],
    ["454 4.7.0 535 authentication failed", "auth", "authentication-unavailable", true],
    ["535 5.7.8 temporary, please try again: 454", "auth", "authentication-failed", false],
    ["503 5.5.1 550 permanently refused", "data", "relay-deferred", true],
  ])("%s at %s: %s", (line, stage, code, retryable) => {
    expect(refusalFailure(toServerReply(toReply(line), same), stage)).toMatchObject({ code, retryable });
  });

  test("of recipients as well", () => {
    const rejected = toRejectedRecipient("a@example.com", toReply("450 4.2.0 said 550 5.7.1"), same);
    expect(rejected.permanent).toBe(false);
    expect(refusedRecipients([rejected])).toMatchObject({ actor: "recipient", retryable: true });
    const lost = toRejectedRecipient("a@example.com", toReply("503 5.5.1 no such user"), same);
    expect(refusedRecipients([lost])).toMatchObject({ actor: "relay", retryable: true });
  });
});
