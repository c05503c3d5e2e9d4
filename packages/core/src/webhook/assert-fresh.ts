import { WebhookError } from "./webhook-error.js";

/** Clocks of relays run ahead by seconds, never by hours, however wide the window into the past is. */
const maxAheadSeconds = 300;

/** Reads a time in unix seconds, written as digits only, and refuses it outside the window around `now`. */
export function assertFresh(text: string, now: Date, toleranceSeconds: number): Date {
  if (!/^\d{9,10}$/.test(text))
    throw new WebhookError("malformed", "The time of the signature is not in unix seconds.");
  const signedAt = new Date(Number(text) * 1000);
  const ageSeconds = (now.getTime() - signedAt.getTime()) / 1000;
  if (ageSeconds > toleranceSeconds || -ageSeconds > Math.min(toleranceSeconds, maxAheadSeconds)) {
    const direction = ageSeconds > 0 ? "ago" : "ahead";
    throw new WebhookError(
      "stale",
      `The request was signed ${Math.abs(Math.round(ageSeconds))} s ${direction}; ${toleranceSeconds} s are allowed.`,
    );
  }
  return signedAt;
}
