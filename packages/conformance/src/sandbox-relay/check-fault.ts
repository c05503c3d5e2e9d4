import type { Fault, FaultPoint } from "./fault.js";

const actions = ["reply", "raw", "extra", "drop", "stall", "stopReading", "trickle", "delayMs"] as const;
type Action = (typeof actions)[number];

const silentPoints: ReadonlySet<FaultPoint> = new Set(["connect", "tls-handshake"]);
const impossibleWhereSilent: ReadonlySet<Action> = new Set(["reply", "extra", "trickle", "stopReading"]);
const impossibleInBody: ReadonlySet<Action> = new Set(["extra"]);
const completeReply = /^(?:[2-5]\d\d-[^\r\n]*\r?\n)*[2-5]\d\d(?: [^\r\n]*)?(?:\r\n)?$/;

/** Throws for a fault that could never do what it says: a test with it would prove nothing. */
export function checkFault(fault: Fault): void {
  const named = actions.filter((action) => action in fault.do);
  const main = named.filter((action) => action !== "delayMs" && action !== "trickle");
  const fail = (problem: string): never => {
    throw new TypeError(`The fault at "${fault.at}" ${problem}.`);
  };

  if (named.length === 0) fail(`does nothing; name one of ${actions.join(", ")}`);
  if (main.length > 1) fail(`does several things at once: ${main.join(", ")}`);
  if (silentPoints.has(fault.at) && named.some((action) => impossibleWhereSilent.has(action))) {
    fail(
      `cannot ${named.join(" and ")}: there is no SMTP reply at this point; use raw, drop, stall or delayMs`,
    );
  }
  if (fault.at === "body" && named.some((action) => impossibleInBody.has(action))) {
    fail("cannot send extra bytes behind a reply, since there is none; use raw");
  }
  if (fault.at !== "body" && named.includes("stopReading")) fail("cannot stopReading; only the body can");
  if (fault.at !== "body" && fault.afterOctets !== undefined)
    fail("cannot have afterOctets; only the body can");
  if ("trickle" in fault.do && fault.do.trickle && !(fault.do.trickle.bytes >= 1)) {
    fail("has to trickle at least one octet at a time");
  }
  if ("trickle" in fault.do && (named.includes("drop") || named.includes("stall"))) {
    fail("cannot trickle what it does not send");
  }
  if ("reply" in fault.do && !completeReply.test(fault.do.reply)) {
    fail(`has no complete SMTP reply in ${JSON.stringify(fault.do.reply)}; use raw for anything else`);
  }
}
