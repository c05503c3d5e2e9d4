import { expect, test } from "vitest";
import { checkFault } from "./check-fault.js";
import type { Fault } from "./fault.js";

test.each<[string, Fault, string]>([
  ["nothing to do", { at: "ehlo", do: {} as Fault["do"] }, "does nothing"],
  [
    "two things at once",
    { at: "ehlo", do: { reply: "421 x", drop: "after" } },
    "several things at once: reply, drop",
  ],
  ["a reply where there is none", { at: "connect", do: { reply: "421 4.3.2 Busy" } }, "cannot reply"],
  ["an extra where there is no reply", { at: "tls-handshake", do: { extra: "x" } }, "cannot extra"],
  ["an extra in the body", { at: "body", do: { extra: "x" } }, "use raw"],
  ["stopReading outside the body", { at: "data", do: { stopReading: true } }, "only the body can"],
  ["afterOctets outside the body", { at: "data", do: { stall: true }, afterOctets: 1 }, "only the body can"],
  [
    "a trickle of nothing",
    { at: "ehlo", do: { drop: "after", trickle: { everyMs: 1, bytes: 1 } } },
    "does not send",
  ],
  [
    "a trickle that never moves",
    { at: "ehlo", do: { trickle: { everyMs: 1, bytes: 0 } } },
    "at least one octet",
  ],
  ["no code", { at: "ehlo", do: { reply: "hello" } }, "no complete SMTP reply"],
  [
    "a reply without its last line",
    { at: "ehlo", do: { reply: "250-one\r\n250-two" } },
    "no complete SMTP reply",
  ],
  ["two replies", { at: "ehlo", do: { reply: "250 one\r\n250 two" } }, "no complete SMTP reply"],
])("refuses %s", (_name, fault, message) => {
  expect(() => checkFault(fault)).toThrow(TypeError);
  expect(() => checkFault(fault)).toThrow(message);
});

test.each<Fault>([
  { at: "connect", do: { drop: "after" } },
  { at: "connect", do: { raw: "x", delayMs: 1 } },
  { at: "ehlo", do: { reply: "250-one\r\n250 two" } },
  { at: "ehlo", do: { reply: "250" } },
  { at: "ehlo", do: { reply: "421 4.3.2 Closing\r\n", delayMs: 1, trickle: { everyMs: 1, bytes: 1 } } },
  { at: "body", do: { stopReading: true }, afterOctets: 10 },
  { at: "end-of-data", do: { raw: "" }, times: 1, skip: 2 },
])("allows %j", (fault) => {
  expect(() => checkFault(fault)).not.toThrow();
});
