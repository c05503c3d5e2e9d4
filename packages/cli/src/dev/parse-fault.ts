import type {
  Fault,
  FaultAction,
  FaultPoint,
  SandboxRelayOptions,
} from "@getfluxly/email-conformance/sandbox-relay";
import { UsageError } from "../command-line/usage-error.js";
import { namedFaults } from "./named-faults.js";

const points: readonly FaultPoint[] = [
  "connect",
  "greeting",
  "tls-handshake",
  "ehlo",
  "helo",
  "starttls",
  "ehlo-after-tls",
  "auth",
  "auth-continuation",
  "mail-from",
  "rcpt-to",
  "data",
  "body",
  "end-of-data",
  "rset",
  "noop",
  "quit",
];

/** A name of the table, or `POINT=REPLY`, `POINT=drop`, `POINT=stall`, `POINT=delay:MILLISECONDS`. */
export function parseFault(text: string): Partial<SandboxRelayOptions> {
  const named = Object.hasOwn(namedFaults, text) ? namedFaults[text] : undefined;
  if (named) return named.options;
  const [, point, action = ""] = /^([a-z-]+)=(.+)$/.exec(text) ?? [];
  const at = points.find((each) => each === point);
  if (at === undefined) {
    throw new UsageError(
      `There is no fault \`${text}\`.`,
      `Name one of ${Object.keys(namedFaults).join(", ")}, or write POINT=ACTION, where POINT is one of ${points.join(", ")}.`,
    );
  }
  const fault: Fault = { at, do: toAction(action) };
  return { faults: [fault] };
}

function toAction(text: string): FaultAction {
  const [, delay] = /^delay:(\d{1,6})$/.exec(text) ?? [];
  if (delay !== undefined) return { delayMs: Number(delay) };
  if (text === "drop") return { drop: "before" };
  if (text === "drop-after") return { drop: "after" };
  if (text === "stall") return { stall: true };
  if (/^[2-5]\d\d[ -]/.test(text)) return { reply: text };
  throw new UsageError(
    `\`${text}\` is no action.`,
    "An action is a reply such as `450 4.2.0 Later`, or drop, drop-after, stall, delay:MILLISECONDS.",
  );
}
