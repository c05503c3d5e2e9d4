import type { SessionPatterns } from "./mail-server.js";

/** What a part of a server's log says about connections. */
export interface SessionCount {
  readonly opened: number;
  readonly closed: number;
  readonly mostAtOnce: number;
  readonly quit: number;
  readonly taken: number;
  readonly complaints: readonly string[];
}

export function countSessions(log: string, patterns: SessionPatterns): SessionCount {
  const placesOf = (pattern: RegExp) => [...log.matchAll(pattern)].map(({ index }) => index);
  const opened = placesOf(patterns.opened);
  const closed = placesOf(patterns.closed);
  const changes = [
    ...opened.map((place) => ({ place, by: 1 })),
    ...closed.map((place) => ({ place, by: -1 })),
  ];
  let now = 0;
  let mostAtOnce = 0;
  for (const { by } of changes.sort((a, b) => a.place - b.place)) {
    now += by;
    mostAtOnce = Math.max(mostAtOnce, now);
  }
  return {
    opened: opened.length,
    closed: closed.length,
    mostAtOnce,
    quit: placesOf(patterns.quit).length,
    taken: placesOf(patterns.taken).length,
    complaints: log.split("\n").filter((line) => line.search(patterns.complaint) >= 0),
  };
}
