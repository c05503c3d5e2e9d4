import { afterAll, beforeAll, describe } from "vitest";
import { type BatchTraits, describeBatches } from "./describe-batches.js";
import { describeRefusedInBatches } from "./describe-refused-in-batches.js";
import { modestOptions } from "./describe-relay.js";
import type { MailServer } from "./mail-server.js";
import type { RealRelayOptions } from "./real-relay.js";
import { isRelayAvailable } from "./real-relay-availability.js";

export interface MailServerTraits extends BatchTraits {
  /** False for one that takes whatever it gets. Default true. */
  readonly refuses?: boolean;
}

/** What the connector has to do with any SMTP server, in clear and without a login; and then what is special about this one. */
export function describeMailServer(
  name: string,
  missing: string | undefined,
  start: (options?: RealRelayOptions) => Promise<MailServer>,
  traits: MailServerTraits,
  describeSpecialties: (current: () => MailServer) => void = () => undefined,
): void {
  describe.skipIf(!isRelayAvailable(name, missing))(`the connector with ${name}`, { timeout: 30_000 }, () => {
    const started: MailServer[] = [];
    const { refuses = true } = traits;
    beforeAll(async () => {
      for (const options of refuses ? [{}, modestOptions] : [{}]) started.push(await start(options));
    }, 60_000);
    afterAll(() => Promise.all(started.map((server) => server.close())));

    const at = (index: number) => () => {
      const server = started[index];
      if (server === undefined) throw new Error(`${name} is not running`);
      return server;
    };
    describeBatches(at(0), traits);
    if (refuses) describeRefusedInBatches(at(1), traits);
    describeSpecialties(at(0));
  });
}
