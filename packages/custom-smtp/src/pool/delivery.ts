import type { EmailError, RejectedRecipient } from "@getfluxly/email-core";
import type { Content } from "../session/content.js";
import type { Envelope } from "../session/mail.js";
import { type Progress, startProgress } from "../session/progress.js";
import type { SmtpReply } from "../session/reply.js";

/** What the pool is asked to carry. */
export interface Consignment {
  readonly envelope: Envelope;
  readonly envelopeId: string;
  /** Called when a connection is ready to take it, so that a waiting message need not be composed. */
  readonly compose: () => Content | Promise<Content>;
  readonly beforeHandover?: (() => Promise<void>) | undefined;
}

export interface Transmission {
  readonly accepted: readonly string[];
  readonly rejected: readonly RejectedRecipient[];
  /** The relay's answer to the message. */
  readonly reply: SmtpReply;
}

/** One message on its way through the pool. It settles once; what is learned later changes nothing. */
export interface Delivery {
  readonly consignment: Consignment;
  readonly outcome: Promise<Transmission>;
  progress: Progress;
  isQueued: boolean;
  /** How often it went back into the queue because its connection ended before anything of it was sent. */
  returns: number;
  /** Whether `beforeHandover` has been asked: from then on it is not tried again by itself. */
  isHandedOver: boolean;
  /** Set while its commands are on a connection: ends that connection. */
  interrupt: (() => void) | undefined;
  isSettled(): boolean;
  succeed(transmission: Transmission): void;
  fail(error: EmailError): void;
}

/** `onSettled` is called in the same turn, before anybody who awaits the outcome goes on. */
export function createDelivery(consignment: Consignment, onSettled: () => void): Delivery {
  let settled = false;
  let resolve: (transmission: Transmission) => void;
  let reject: (error: EmailError) => void;
  const outcome = new Promise<Transmission>((resolveOutcome, rejectOutcome) => {
    resolve = resolveOutcome;
    reject = rejectOutcome;
  });
  const settle = (finish: () => void) => {
    if (settled) return;
    settled = true;
    onSettled();
    finish();
  };
  return {
    consignment,
    outcome,
    progress: startProgress("queue"),
    isQueued: false,
    returns: 0,
    isHandedOver: false,
    interrupt: undefined,
    isSettled: () => settled,
    succeed: (transmission) => settle(() => resolve(transmission)),
    fail: (error) => settle(() => reject(error)),
  };
}
