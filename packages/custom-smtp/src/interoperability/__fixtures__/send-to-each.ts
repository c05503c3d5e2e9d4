import { collectArrived } from "./collect-arrived.js";
import { collectOutcomes } from "./collect-outcomes.js";
import type { SessionCount } from "./count-sessions.js";
import type { MailServer } from "./mail-server.js";
import { openProviderAt } from "./open-provider-at.js";
import { sampleDomain } from "./sample-messages.js";
import { sessionsDuring } from "./sessions-during.js";
import { summaryOfOutcome } from "./summary-of-outcome.js";

export interface EachOutcome {
  /** In the order of the addresses. */
  readonly outcomes: readonly string[];
  readonly sessions: SessionCount;
  /** The indices of the messages that lie in anna's mailbox, in order. */
  readonly arrived: readonly number[];
}

/** A batch over one connection at a time, with a small message to each of these addresses. */
export async function sendToEach(
  server: MailServer,
  name: string,
  addresses: readonly string[],
): Promise<EachOutcome> {
  const messages = addresses.map((address, index) => ({
    to: [{ address }],
    subject: "Hello",
    text: "Hi",
    messageId: `${name}-${index}@${sampleDomain}`,
  }));
  const { result, sessions } = await sessionsDuring(server, async () => {
    await using provider = await openProviderAt({
      port: server.plain.port,
      delivery: { maxConnections: 1 },
    });
    return await collectOutcomes(provider, messages);
  });
  const sent = result.filter(({ status }) => status === "sent").length;
  const arrived = await collectArrived(server, ["anna"], name, sent);
  return {
    outcomes: result.map(summaryOfOutcome),
    sessions,
    arrived: arrived.map(({ index }) => index).sort((a, b) => a - b),
  };
}
