import { EmailError } from "@getfluxly/email-core";
import type { Content } from "../session/content.js";
import { negotiate } from "../session/negotiate.js";
import type { Connection } from "../session/open-connection.js";
import { toGroup } from "../session/opening.js";
import { startProgress } from "../session/progress.js";
import { Refusal } from "../session/refusal.js";
import { refusalFailure } from "../session/refusal-failure.js";
import { isPositive, toServerReply } from "../session/reply.js";
import { toSessionFailure } from "../session/session-failure.js";
import { type SessionOptions, stepTimeoutsMs } from "../session/session-options.js";
import { nothing, transmitContent } from "../session/transmit-content.js";
import { WireError } from "../session/wire-error.js";
import type { Pipelining, PipeliningLevel } from "./create-pipelining.js";
import type { Delivery, Transmission } from "./delivery.js";
import { isOutOfOrder, misbehaviourShows } from "./misbehaviour-shows.js";
import { failBeforeSending, type Transaction, toTransaction } from "./transaction.js";

/** What a connection asks of the pool. */
export interface Work {
  /** Whether this connection is to carry one more, after so many. Once it is not, it never is again. */
  mayServe(served: number): boolean;
  /** The next delivery, if one waits and may leave now. */
  take(): Delivery | undefined;
  /** Waits for one. `give` is called once, with nothing if the connection is to be closed; the result stops the waiting. */
  wait(give: (delivery: Delivery | undefined) => void): () => void;
  /** Nothing of it was sent: to the front of the queue. */
  putBack(delivery: Delivery): void;
  /** The relay took a message, or refused one for the time being. */
  onTaken(): void;
  onPressure(): void;
}

export interface ServeOptions {
  readonly pipelining: Pipelining;
  readonly context: Pick<SessionOptions, "host" | "port" | "redact">;
  /** Ends the connection at once. */
  readonly interrupt: () => void;
}

/** A relay that never answers what it was sent ahead is found out earlier than a slow one. */
const unprovenTimeoutMs = 20_000;
/** A delivery that met so many connections that ended before it was sent is told so. */
const maximumReturns = 3;

/**
 * Carries one delivery after the other, the envelope of the next together with the content of this one where the relay
 * can. Resolves when the connection is to be closed politely, rejects when it is of no use any more; every delivery that
 * it took has settled then, or is back in the queue.
 */
export async function serveConnection(
  { wire, extensions }: Connection,
  work: Work,
  { pipelining, context, interrupt }: ServeOptions,
): Promise<void> {
  let served = 0;
  let afterReset = false;
  /** Taken, and nothing of it sent. */
  let held: { readonly delivery: Delivery; readonly content?: Promise<Content> } | undefined;
  let current: Transaction | undefined;
  let ahead: Transaction | undefined;
  /**
   * A message that the relay has confirmed, while the first answers to what went along with it are due. If those do not
   * fit their commands, one may be missing, and the confirmation may have been meant for another command.
   */
  let confirmed: { readonly delivery: Delivery; readonly transmission: Transmission } | undefined;
  let isCounted = false;
  /** Of the commands whose answers are due. */
  let level: PipeliningLevel = "sequential";

  const levelNow = (): PipeliningLevel => (extensions.pipelining ? pipelining.level() : "sequential");

  const idle = () => {
    let stop: () => void = () => undefined;
    const given = new Promise<Delivery | undefined>((resolve) => {
      stop = work.wait((delivery) => {
        // At once: the connection may end before anybody awaits it.
        held = delivery && { delivery };
        resolve(delivery);
      });
    });
    wire.keepProcessAlive(false);
    return wire.whileOpen(given).finally(() => {
      wire.keepProcessAlive(true);
      stop();
    });
  };

  /** The next delivery that can leave over this connection, composed. */
  async function takeNext(): Promise<Transaction | undefined> {
    for (;;) {
      if (!held) {
        if (!work.mayServe(served)) return undefined;
        const delivery = work.take() ?? (await idle());
        if (!delivery) return undefined;
        held = { delivery };
      }
      const { delivery } = held;
      try {
        const content = await (held.content ?? delivery.consignment.compose());
        const transaction = toTransaction(delivery, content, extensions);
        if (transaction) return transaction;
      } catch (error) {
        failBeforeSending(delivery, error);
      }
      held = undefined;
    }
  }

  /** The same without waiting: what takes time to compose is held, and goes by itself afterwards. */
  function takeAhead(): Transaction | undefined {
    if (levelNow() !== "ahead" || !work.mayServe(served + 1)) return undefined;
    for (let delivery = work.take(); delivery; delivery = work.take()) {
      try {
        const content = delivery.consignment.compose();
        if (content instanceof Promise) {
          // Its failure is met when it is its turn.
          content.catch(() => undefined);
          held = { delivery, content };
          return undefined;
        }
        const transaction = toTransaction(delivery, content, extensions);
        if (transaction) return transaction;
      } catch (error) {
        failBeforeSending(delivery, error);
      }
    }
    return undefined;
  }

  /** Resolves with whether the connection can carry more. */
  async function serve(transaction: Transaction, isAhead: boolean): Promise<boolean> {
    const { delivery, content, opening } = transaction;
    const { progress, consignment } = delivery;
    // It ended while its envelope was on the way: the relay is waiting for content that will not come.
    if (delivery.isSettled()) throw new WireError("aborted", "the next message was withdrawn");
    delivery.interrupt = interrupt;
    if (!isAhead) {
      wire.assertQuiet();
      level = levelNow() === "sequential" ? "sequential" : "grouped";
      if (level === "grouped") {
        const group = toGroup(opening, afterReset);
        wire.command(group.text, group.replies);
      }
      held = undefined;
    }
    const isUnproven = isAhead && !pipelining.isProven("ahead");
    const negotiation = await negotiate(
      wire,
      opening,
      {
        recipients: consignment.envelope.to,
        isSent: level !== "sequential",
        afterReset: afterReset && !isAhead,
        redact: context.redact,
        firstTimeoutMs: isUnproven ? unprovenTimeoutMs : undefined,
      },
      progress,
    );
    afterReset = false;
    if (isAhead) isCounted = true;
    confirmed?.delivery.succeed(confirmed.transmission);
    confirmed = undefined;
    const refusedAtMail = !negotiation.goAhead && negotiation.failure.stage === "mail-from";
    if (isUnproven && refusedAtMail && isSequenceError(negotiation.failure.reply?.code)) {
      throw new WireError("violation", "an answer out of order");
    }
    pipelining.prove(level);
    level = "sequential";
    if (!negotiation.goAhead) {
      const { failure, isUsable } = negotiation;
      // How some relays say that a connection has had its share: 452 rather than 421.
      if (refusedAtMail && served > 0 && failure.code === "relay-deferred" && isUsable) {
        giveBack(delivery);
        return false;
      }
      served += 1;
      if (failure.code === "relay-deferred") work.onPressure();
      delivery.fail(failure);
      if (!isUsable) throw new WireError("aborted", "the relay waits for content without a recipient");
      afterReset = true;
      return true;
    }
    await handOver(delivery);

    ahead = takeAhead();
    if (ahead) level = "ahead";
    await transmitContent(wire, content, ahead ? toGroup(ahead.opening, false) : nothing, progress);
    const reply = await wire.reply(stepTimeoutsMs.endOfData);
    if (!isPositive(reply) && reply.code < 400) throw new Refusal(reply);
    // Not an answer to a message; perhaps one to what went along with it.
    if (ahead && !isCounted && reply.code < 505 && isSequenceError(reply.code)) {
      throw new WireError("violation", "an answer out of order");
    }
    served += 1;
    if (isPositive(reply)) {
      const { accepted, rejected } = negotiation;
      const transmission = { accepted, rejected, reply };
      if (ahead && !isCounted) confirmed = { delivery, transmission };
      else delivery.succeed(transmission);
      work.onTaken();
      return true;
    }
    const failure = refusalFailure(toServerReply(reply, context.redact), "end-of-data");
    delivery.fail(failure);
    if (failure.code === "relay-deferred") work.onPressure();
    if (reply.code === 421) throw new Refusal(reply);
    return true;
  }

  async function handOver(delivery: Delivery): Promise<void> {
    const { beforeHandover } = delivery.consignment;
    if (!beforeHandover) return;
    delivery.isHandedOver = true;
    try {
      await wire.whileOpen(beforeHandover());
    } catch (cause) {
      if (cause instanceof WireError) throw cause;
      const message = "The message was not handed over, because the step before the handover failed.";
      const { stage } = delivery.progress;
      delivery.fail(new EmailError({ code: "handover-refused", message, stage, cause }));
      throw new WireError("aborted", "the relay waits for content that was withheld");
    }
  }

  /** The connection has ended: settles what was on it, or puts it back. */
  function conclude(error: unknown): void {
    if (misbehaviourShows(error, level, pipelining)) pipelining.stepDown(level);
    if (confirmed && isOutOfOrder(error)) {
      confirmed.delivery.fail(toSessionFailure(error, confirmed.delivery.progress, context));
    }
    confirmed?.delivery.succeed(confirmed.transmission);
    if (error instanceof Refusal && error.reply.code === 421) work.onPressure();
    // In the order in which they are to leave.
    const unsent = [ahead?.delivery, held?.delivery].filter((delivery) => delivery !== undefined);
    for (const delivery of unsent.reverse()) giveBack(delivery);
    const delivery = current?.delivery;
    if (!delivery || delivery === held?.delivery || delivery.isSettled()) return;
    delivery.interrupt = undefined;
    // A connection that has served before may have ended for reasons of its own. What is fresh tells of the relay.
    const isStale = served > 0 && !delivery.progress.contentReleased && !delivery.isHandedOver;
    if (isStale) giveBack(delivery);
    else delivery.fail(toSessionFailure(error, delivery.progress, context));
  }

  function giveBack(delivery: Delivery): void {
    if (delivery.isSettled()) return;
    delivery.interrupt = undefined;
    if (delivery.returns >= maximumReturns) {
      const ended = new WireError("lost", "connections end before the message is sent");
      delivery.fail(toSessionFailure(ended, delivery.progress, context));
      return;
    }
    delivery.returns += 1;
    delivery.progress = startProgress("queue");
    work.putBack(delivery);
  }

  try {
    for (;;) {
      const isAhead = ahead !== undefined;
      current = ahead ?? (await takeNext());
      ahead = undefined;
      if (!current) return;
      const goesOn = await serve(current, isAhead);
      current.delivery.interrupt = undefined;
      if (!goesOn) return;
    }
  } catch (error) {
    conclude(error);
    throw error;
  }
}

/** Bad sequence, unknown command, or (Exim) a synchronisation error: about the way of asking, not about the message. */
function isSequenceError(code: number | undefined): boolean {
  return code !== undefined && [500, 501, 502, 503, 554].includes(code);
}
