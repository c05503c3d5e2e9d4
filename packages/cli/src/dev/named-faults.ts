import type { SandboxRelayOptions } from "@getfluxly/email-conformance/sandbox-relay";

interface NamedFault {
  readonly summary: string;
  readonly options: Partial<SandboxRelayOptions>;
}

const reply = (
  at: "greeting" | "auth" | "mail-from" | "rcpt-to" | "end-of-data",
  text: string,
  times?: number,
): Partial<SandboxRelayOptions> => ({
  faults: [{ at, do: { reply: text }, times }],
});

/** Set-ups that fail as they do in real life. */
export const namedFaults: Readonly<Record<string, NamedFault>> = {
  "login-refused": {
    summary: "535 to every login",
    options: reply("auth", "535 5.7.8 Authentication credentials invalid"),
  },
  "auth-not-offered": {
    summary: "no AUTH in the answer to EHLO",
    options: { authentication: "not_offered" },
  },
  "starttls-missing": { summary: "no STARTTLS in the answer to EHLO", options: { starttls: "not_offered" } },
  "starttls-refused": { summary: "STARTTLS announced, then 454", options: { starttls: "refused" } },
  "certificate-expired": { summary: "a certificate of the past", options: { certificate: "expired" } },
  "certificate-wrong-name": {
    summary: "a certificate for another host",
    options: { certificate: "wrong_name" },
  },
  "certificate-self-signed": {
    summary: "a certificate that nobody vouches for",
    options: { certificate: "self_signed" },
  },
  busy: {
    summary: "421 in place of a greeting",
    options: reply("greeting", "421 4.3.2 Too busy, try again later"),
  },
  "slow-greeting": {
    summary: "a greeting after 20 seconds",
    options: { faults: [{ at: "greeting", do: { delayMs: 20_000 } }] },
  },
  silent: {
    summary: "accepts connections and says nothing",
    options: { faults: [{ at: "connect", do: { stall: true } }] },
  },
  "sender-refused": {
    summary: "550 to MAIL FROM",
    options: reply("mail-from", "550 5.7.1 Sender address rejected: not owned by user"),
  },
  "recipient-refused": {
    summary: "550 to RCPT TO",
    options: reply("rcpt-to", "550 5.1.1 No such user here"),
  },
  greylisting: {
    summary: "450 to the first RCPT TO",
    options: reply("rcpt-to", "450 4.2.0 Greylisted, try again later", 1),
  },
  "message-refused": {
    summary: "550 after the message",
    options: reply("end-of-data", "550 5.7.1 Message refused: not permitted to send as this sender"),
  },
  "lost-after-data": {
    summary: "takes the message and drops the line",
    options: { faults: [{ at: "end-of-data", do: { drop: "after" } }] },
  },
};
