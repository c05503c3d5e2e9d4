import { afterAll, beforeAll, describe } from "vitest";
import { type BatchTraits, describeBatches } from "./describe-batches.js";
import { describeConnection } from "./describe-connection.js";
import { describeContent } from "./describe-content.js";
import { describeDelivery } from "./describe-delivery.js";
import { describeRefusal } from "./describe-refusal.js";
import { describeRefusedInBatches } from "./describe-refused-in-batches.js";
import type { RealRelay, RealRelayOptions } from "./real-relay.js";
import { isRelayAvailable } from "./real-relay-availability.js";

/** What real relays may do in one way or the other. */
export interface RelayTraits {
  /** Whether each of its refusals has an enhanced status code (RFC 2034). */
  readonly enhancedStatusCodes: boolean;
  readonly lookAhead: BatchTraits["lookAhead"];
  readonly messagesInBatch?: number;
}

/** Two instances of a relay, there while tests run. */
export interface RelayUnderTest extends RelayTraits {
  readonly current: () => RealRelay;
  /** One that offers less: no SMTPUTF8, AUTH LOGIN alone, small messages alone. */
  readonly modest: () => RealRelay;
}

export const modestOptions: RealRelayOptions = {
  maxMessageBytes: 100_000,
  smtputf8: false,
  mechanisms: ["LOGIN"],
};

/** What the connector has to do with every real relay, and then what is special about this one. */
export function describeRelay(
  name: string,
  missing: string | undefined,
  start: (options?: RealRelayOptions) => Promise<RealRelay>,
  traits: RelayTraits,
  describeSpecialties: (relay: RelayUnderTest) => void,
): void {
  describe.skipIf(!isRelayAvailable(name, missing))(`the connector with ${name}`, { timeout: 30_000 }, () => {
    const started: RealRelay[] = [];
    beforeAll(async () => {
      for (const options of [{}, modestOptions]) started.push(await start(options));
    }, 60_000);
    afterAll(() => Promise.all(started.map((relay) => relay.close())));

    const at = (index: number) => () => {
      const relay = started[index];
      if (relay === undefined) throw new Error(`${name} is not running`);
      return relay;
    };
    const relay: RelayUnderTest = { ...traits, current: at(0), modest: at(1) };
    describeConnection(relay);
    describeContent(relay);
    describeDelivery(relay);
    describeRefusal(relay);
    describeBatches(relay.current, {
      ...traits,
      eightBitMime: true,
      endpoint: () => {
        const { submission, username, password, certificateAuthority } = relay.current();
        return {
          port: submission.port,
          secure: "starttls",
          login: { username, password },
          certificateAuthorities: [certificateAuthority],
        };
      },
    });
    describeRefusedInBatches(relay.modest, traits);
    describeSpecialties(relay);
  });
}
