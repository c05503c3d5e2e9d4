import { EmailError, type ProviderContext } from "@getfluxly/email-core";
import { createBag } from "../create-bag.js";
import type { DeliveryOptions } from "../delivery-options.js";
import { openConnection } from "../session/open-connection.js";
import { type Progress, startProgress } from "../session/progress.js";
import { toSessionFailure } from "../session/session-failure.js";
import type { SessionOptions } from "../session/session-options.js";
import { WireError } from "../session/wire-error.js";
import { createConcurrency } from "./create-concurrency.js";
import { createPipelining } from "./create-pipelining.js";
import { createQueue } from "./create-queue.js";
import { createRateLimiter } from "./create-rate-limiter.js";
import { type Consignment, createDelivery, type Delivery } from "./delivery.js";
import { serveConnection, type Work } from "./serve-connection.js";

/** Connections to one relay, and the messages that wait for them. */
export interface Pool {
  /** Throws `provider-closed` or `queue-full`. Everything else comes by the delivery's outcome. */
  submit(consignment: Consignment, timeoutMs: number): Delivery;
  /** Settles a delivery now, with the certainty of this moment; `reason` is that of an abort signal. */
  end(delivery: Delivery, reason: unknown): void;
  /** Takes no more, lets what it has finish (or ends it, with `force`), and resolves when no connection is left. */
  close(options?: { readonly force?: boolean | undefined }): Promise<void>;
}

interface PoolOptions {
  readonly session: Omit<SessionOptions, "signal">;
  readonly delivery: DeliveryOptions;
  readonly log: ProviderContext["log"];
}

/** A connection from the moment it begins to open until its socket is gone. */
interface Lane {
  readonly controller: AbortController;
  readonly progress: Progress;
  isOpen: boolean;
  /** It takes no more. */
  isLeaving: boolean;
  done: Promise<void>;
}

const quitTimeoutMs = 2_000;
const longestTimerMs = 2 ** 31 - 1;

export function createPool({ session, delivery: options, log }: PoolOptions): Pool {
  const {
    maxConnections = 5,
    maxMessagesPerConnection = 1_000,
    maxConnectionAgeMs = 600_000,
    idleTimeoutMs = 30_000,
    maxQueued = 10_000,
    lookAhead = true,
  } = options;
  const queue = createQueue();
  const unsettled = createBag<Delivery>();
  const lanes = new Set<Lane>();
  /** Connections without work; the one that waits for the shortest time is served first, so that others can idle out. */
  const seats: ((delivery: Delivery | undefined) => void)[] = [];
  const concurrency = createConcurrency(maxConnections);
  const rate = createRateLimiter(options.rate);
  const pipelining = createPipelining(lookAhead ? "ahead" : "grouped", (level) =>
    log("warn", "smtp-pipelining-reduced", { host: session.host, level }),
  );
  let isClosing = false;
  let rateTimer: NodeJS.Timeout | undefined;
  let opener: NodeJS.Immediate | undefined;

  const openings = () => [...lanes].filter((lane) => !lane.isOpen);

  function take(): Delivery | undefined {
    if (queue.size() === 0) return undefined;
    const waitMs = rate.waitMs();
    if (waitMs > 0) {
      rateTimer ??= setTimeout(() => {
        rateTimer = undefined;
        dispatch();
      }, waitMs);
      return undefined;
    }
    rate.use();
    return queue.take();
  }

  /** Gives waiting deliveries to waiting connections, and has more opened where there are too few. */
  function dispatch(): void {
    while (seats.length > 0) {
      const delivery = take();
      if (!delivery) break;
      seats.pop()?.(delivery);
    }
    if (queue.size() === 0) return;
    if (lanes.size === 0) openLanes();
    // In a later turn: a connection that has just finished takes the next one by itself.
    else if (!opener) opener = setImmediate(openLanes);
  }

  function openLanes(): void {
    opener = undefined;
    let opening = openings().length;
    while (queue.size() > opening && lanes.size < concurrency.limit()) {
      openLane();
      opening += 1;
    }
  }

  function openLane(): void {
    const lane: Lane = {
      controller: new AbortController(),
      progress: startProgress(),
      isOpen: false,
      isLeaving: false,
      done: Promise.resolve(),
    };
    lanes.add(lane);
    lane.done = run(lane).finally(() => {
      lanes.delete(lane);
      dispatch();
    });
  }

  async function run(lane: Lane): Promise<void> {
    const { controller, progress } = lane;
    const options: SessionOptions = { ...session, signal: controller.signal };
    const connection = await openConnection(options, progress).catch((error: unknown) => {
      lanes.delete(lane);
      if (!controller.signal.aborted) onOpeningFailed(error, progress);
    });
    if (!connection) return;
    lane.isOpen = true;
    try {
      await serveConnection(connection, workFor(lane, connection.extensions.limits), {
        pipelining,
        context: session,
        interrupt: () => controller.abort(),
      });
      await connection.wire.quit(quitTimeoutMs);
    } catch {
      connection.wire.destroy();
    }
  }

  function workFor(lane: Lane, limits: { readonly maxMessagesPerConnection: number | undefined }): Work {
    const maxMessages = Math.min(
      maxMessagesPerConnection,
      limits.maxMessagesPerConnection ?? Number.POSITIVE_INFINITY,
    );
    // Not all connections at once: while one is replaced, the others go on.
    const spread = 1 - Math.random() / 10;
    const servesUntil = performance.now() + maxConnectionAgeMs * spread;
    const staying = () => [...lanes].filter(({ isLeaving }) => !isLeaving).length;
    return {
      mayServe(served) {
        lane.isLeaving ||=
          served >= Math.ceil(maxMessages * spread) ||
          performance.now() >= servesUntil ||
          staying() > concurrency.limit();
        return !lane.isLeaving;
      },
      take,
      wait(give) {
        if (isClosing && queue.size() === 0) {
          give(undefined);
          return () => undefined;
        }
        const timer = setTimeout(() => leave(undefined), idleTimeoutMs);
        timer.unref();
        const stop = () => {
          clearTimeout(timer);
          const place = seats.indexOf(leave);
          if (place >= 0) seats.splice(place, 1);
        };
        const leave = (delivery: Delivery | undefined) => {
          stop();
          give(delivery);
        };
        seats.push(leave);
        return stop;
      },
      putBack(delivery) {
        queue.putBack(delivery);
        dispatch();
      },
      onTaken: concurrency.grow,
      onPressure: concurrency.halve,
    };
  }

  /** As long as there are others, they carry what waits. Where there are none, whoever waits has to know. */
  function onOpeningFailed(error: unknown, progress: Progress): void {
    const others = [...lanes].filter((lane) => !lane.isLeaving).length;
    if (others > 0) {
      concurrency.shrinkTo(others);
      log("warn", "smtp-connections-reduced", { host: session.host, connections: others });
      return;
    }
    concurrency.reset();
    const failure = toSessionFailure(error, progress, session);
    for (let delivery = queue.take(); delivery; delivery = queue.take()) delivery.fail(failure);
  }

  function end(delivery: Delivery, reason: unknown): void {
    if (delivery.isSettled()) return;
    // Who waits for a connection wants to know how far that has come.
    const opening = delivery.isQueued ? openings()[0]?.progress : undefined;
    const ended = new WireError("aborted", "ended from outside", { cause: reason });
    const failure = toSessionFailure(ended, opening ?? delivery.progress, session);
    queue.forget(delivery);
    delivery.fail(failure);
    delivery.interrupt?.();
    for (const lane of openings().slice(queue.size())) lane.controller.abort();
  }

  return {
    submit(consignment, timeoutMs) {
      if (isClosing) {
        throw new EmailError({
          code: "provider-closed",
          message: "The provider was closed.",
          stage: "queue",
        });
      }
      if (queue.size() >= maxQueued) {
        const message = `${maxQueued} messages wait for a connection already.`;
        throw new EmailError({ code: "queue-full", message, stage: "queue" });
      }
      const delivery = createDelivery(consignment, () => {
        clearTimeout(timer);
        forget();
        // Nobody waits for the rate any more, so it must not keep the process.
        if (queue.size() === 0) {
          clearTimeout(rateTimer);
          rateTimer = undefined;
        }
      });
      const expire = () => end(delivery, new DOMException("the deadline has passed", "TimeoutError"));
      // Beyond it, timers fire at once.
      const timer = setTimeout(expire, Math.min(timeoutMs, longestTimerMs));
      const forget = unsettled.add(delivery);
      queue.add(delivery);
      dispatch();
      return delivery;
    },
    end,
    async close({ force = false } = {}) {
      isClosing = true;
      if (force) {
        const reason = new Error("the provider was closed");
        for (const delivery of unsettled.items()) end(delivery, reason);
        for (const lane of lanes) lane.controller.abort(reason);
      }
      await Promise.allSettled(unsettled.items().map(({ outcome }) => outcome));
      for (const give of [...seats]) give(undefined);
      for (const lane of openings()) lane.controller.abort();
      await Promise.all([...lanes].map(({ done }) => done));
    },
  };
}
