import { startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import type { MailServer, SessionPatterns } from "./mail-server.js";
import { mailDomain, type RealRelayOptions, realRelayDefaults } from "./real-relay.js";
import { startWiretap } from "./wiretap.js";

/** Of the wiretap before it. */
const sessionPatterns: SessionPatterns = {
  opened: /^\d+ opened/gm,
  closed: /^\d+ closed/gm,
  quit: /^\d+ quit/gm,
  taken: /^\d+ 250 .*queued/gm,
  complaint: /^\d+ (?:421|50\d|554) (?!.*need RCPT)/gm,
};

/** The smtp-server of npm, as the sandbox relay runs it. */
export async function startSmtpServer(options: RealRelayOptions = {}): Promise<MailServer> {
  const { maxMessageBytes, smtputf8 } = { ...realRelayDefaults, ...options };
  const relay = await startSandboxRelay({
    tls: "none",
    authentication: "not_offered",
    extensions: { size: maxMessageBytes, smtputf8 },
    rejectRecipients: Object.fromEntries(
      ["nobody", "nemo"].map((user) => [`${user}@${mailDomain}`, "550 5.1.1 No such user"]),
    ),
  });
  const tap = await startWiretap(relay.port);
  return {
    plain: { port: tap.port },
    mailboxOf: (user) => ({
      messages: async () =>
        relay.messages
          .filter(({ envelope }) => envelope.to.includes(`${user}@${mailDomain}`))
          .map(({ raw }) => raw),
    }),
    log: async () => tap.log(),
    sessionPatterns,
    probes: 0,
    async close() {
      await tap.close();
      await relay.close();
    },
  };
}
