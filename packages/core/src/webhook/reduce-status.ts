import type { EmailEvent } from "../contract/index.js";

/** Which event decided, when it happened, and under which id. */
export interface StatusMark {
  readonly type: string;
  readonly occurredAt: string | null;
  readonly eventId: string;
}

export interface EngagementMark {
  /** Null when no event had a readable time. */
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  /** True once a relay said "not a machine", false while all were machines, null while it is not known. */
  readonly byPerson: boolean | null;
}

/** What became of one message at one recipient. Each axis moves by itself. */
export interface MessageStatus {
  readonly delivery: StatusMark | null;
  readonly opened: EngagementMark | null;
  readonly clicked: EngagementMark | null;
  /** The last word of the person, by scope: `global`, `group:4711`, `stream:newsletter`. */
  readonly subscriptions: Readonly<Record<string, StatusMark>>;
  /** The last change of the relay's list: `suppressed` or `unsuppressed`, by stream as above. */
  readonly suppressions: Readonly<Record<string, StatusMark>>;
}

export const initialStatus: MessageStatus = Object.freeze({
  delivery: null,
  opened: null,
  clicked: null,
  subscriptions: Object.freeze({}),
  suppressions: Object.freeze({}),
});

/** The higher wins: a bounce after "delivered" is a real, asynchronous one, and nothing erases a complaint. */
const ranks = ["accepted", "deferred", "delivered", "rejected", "failed", "bounced", "complained"];

/**
 * The status after one more event. Pure, and indifferent to order and repetition: stamps come late and out of order, and
 * the same events, in any order and however often, give the same status.
 */
export function reduceStatus(previous: MessageStatus, event: EmailEvent): MessageStatus {
  const { type, occurredAt, id } = event;
  const mark: StatusMark = { type, occurredAt, eventId: id };
  if (ranks.includes(type)) return { ...previous, delivery: later(previous.delivery, mark, rankOf) };
  switch (type) {
    case "opened":
      return { ...previous, opened: join(previous.opened, event) };
    case "clicked":
      return { ...previous, clicked: join(previous.clicked, event) };
    case "unsubscribed":
    case "resubscribed":
      return { ...previous, subscriptions: put(previous.subscriptions, event, mark) };
    case "suppressed":
    case "unsuppressed":
      return { ...previous, suppressions: put(previous.suppressions, event, mark) };
    default:
      return previous;
  }
}

const rankOf = ({ type }: StatusMark): number => ranks.indexOf(type);

/** Of equal rank the later; an unreadable time is earlier than any; then the greater id, so that it is the same always. */
function later(
  left: StatusMark | null | undefined,
  right: StatusMark,
  rank: (mark: StatusMark) => number = () => 0,
): StatusMark {
  if (!left) return right;
  if (rank(left) !== rank(right)) return rank(left) > rank(right) ? left : right;
  const [first, second] = [left, right].map(({ occurredAt, eventId, type }) => [
    occurredAt ?? "",
    eventId,
    type,
  ]);
  return compare(first ?? [], second ?? []) > 0 ? left : right;
}

function compare(left: readonly string[], right: readonly string[]): number {
  for (const [index, text] of left.entries()) {
    const other = right[index] ?? "";
    if (text !== other) return text > other ? 1 : -1;
  }
  return 0;
}

function put(
  marks: Readonly<Record<string, StatusMark>>,
  { subscription }: EmailEvent,
  mark: StatusMark,
): Readonly<Record<string, StatusMark>> {
  const key = subscription?.id
    ? `${subscription.scope}:${subscription.id}`
    : (subscription?.scope ?? "global");
  // Sorted, so that equal states also print equally.
  const entries = Object.entries({ ...marks, [key]: later(marks[key], mark) });
  return Object.fromEntries(entries.sort(([first], [second]) => (first < second ? -1 : 1)));
}

function join(mark: EngagementMark | null, { occurredAt, engagement }: EmailEvent): EngagementMark {
  const times = [mark?.firstAt, mark?.lastAt, occurredAt].filter((time) => typeof time === "string").sort();
  const machine = engagement?.machine ?? null;
  const told = [machine === null ? null : !machine, ...(mark ? [mark.byPerson] : [])];
  return {
    firstAt: times[0] ?? null,
    lastAt: times.at(-1) ?? null,
    byPerson: told.includes(true) ? true : told.includes(null) ? null : false,
  };
}
