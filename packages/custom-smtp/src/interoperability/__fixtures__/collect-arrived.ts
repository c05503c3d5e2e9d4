import { expect, vi } from "vitest";
import type { MailServer } from "./mail-server.js";
import { sampleDomain } from "./sample-messages.js";

/** What lies in a mailbox. */
export interface ArrivedMessage {
  readonly user: string;
  readonly index: number;
  readonly source: Buffer;
}

/** The messages of this name in the mailboxes of these users; waits until there are at least so many. */
export function collectArrived(
  server: MailServer,
  users: readonly string[],
  name: string,
  count: number,
): Promise<readonly ArrivedMessage[]> {
  const id = new RegExp(`^Message-ID: <${name}-(\\d+)@${sampleDomain}>`, "im");
  const collect = async (): Promise<ArrivedMessage[]> => {
    const arrived: ArrivedMessage[] = [];
    for (const user of users) {
      for (const bytes of await server.mailboxOf(user).messages()) {
        const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const index = id.exec(source.toString("latin1", 0, 4_096))?.[1];
        if (index !== undefined) arrived.push({ user, index: Number(index), source });
      }
    }
    return arrived;
  };
  return vi.waitFor(
    async () => {
      const arrived = await collect();
      expect(arrived.length).toBeGreaterThanOrEqual(count);
      return arrived;
    },
    { timeout: 20_000, interval: 100 },
  );
}
