import { afterAll, beforeAll, describe } from "vitest";
import { describeConnection } from "./describe-connection.js";
import { describeDelivery } from "./describe-delivery.js";
import { describeRefusal } from "./describe-refusal.js";
import type { RealRelay, RealRelayOptions } from "./real-relay.js";
import { isRelayAvailable } from "./real-relay-availability.js";

/** A relay under test: `current` is there while tests run, `start` makes further instances. */
export interface RelayUnderTest {
  readonly current: () => RealRelay;
  readonly start: (options?: RealRelayOptions) => Promise<RealRelay>;
}

/** What the connector has to do with every real relay, and then what is special about this one. */
export function describeRelay(
  name: string,
  missing: string | undefined,
  start: RelayUnderTest["start"],
  describeSpecialties: (relay: RelayUnderTest) => void,
): void {
  describe.skipIf(!isRelayAvailable(name, missing))(`the connector with ${name}`, () => {
    let started: RealRelay | undefined;
    beforeAll(async () => {
      started = await start();
    }, 60_000);
    afterAll(() => started?.close());

    const relay: RelayUnderTest = {
      start,
      current: () => {
        if (started === undefined) throw new Error(`${name} is not running`);
        return started;
      },
    };
    describeConnection(relay);
    describeDelivery(relay);
    describeRefusal(relay);
    describeSpecialties(relay);
  });
}
