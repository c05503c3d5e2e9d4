import { expect, vi } from "vitest";
import { countSessions, type SessionCount } from "./count-sessions.js";
import type { MailServer } from "./mail-server.js";

const patience = { timeout: 15_000 };

/** What the work resolves to, and what the server wrote about its connections meanwhile, once all of them are closed. */
export async function sessionsDuring<T>(
  server: MailServer,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly sessions: SessionCount }> {
  const quiet = (since: number, atLeast: number) =>
    vi.waitFor(async () => {
      const log = await server.log();
      const sessions = countSessions(log.slice(since), server.sessionPatterns);
      expect(sessions.opened).toBeGreaterThanOrEqual(atLeast);
      expect(sessions.closed).toBe(sessions.opened);
      return { length: log.length, sessions };
    }, patience);
  const { length } = await quiet(0, server.probes);
  const result = await work();
  const { sessions } = await quiet(length, 1);
  return { result, sessions };
}
