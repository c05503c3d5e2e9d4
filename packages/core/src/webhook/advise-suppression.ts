import type { Bounce, EmailEvent, RejectReason, SuppressionAdvice } from "../contract/index.js";
import { memberOf } from "./json-value.js";

const byType: Readonly<Record<string, SuppressionAdvice>> = {
  complained: "suppress",
  suppressed: "suppress",
  unsubscribed: "unsubscribe",
  resubscribed: "lift",
  unsuppressed: "lift",
};

const byRejectReason: Readonly<Record<RejectReason, SuppressionAdvice>> = {
  "previous-bounce": "suppress",
  "previous-complaint": "suppress",
  suppressed: "suppress",
  manual: "suppress",
  "invalid-recipient": "suppress",
  unsubscribed: "unsubscribe",
  content: "none",
  policy: "none",
  quota: "none",
  "invalid-request": "none",
  other: "none",
};

/** What to do about the address: a refusal because of our DMARC record is permanent, and the address did nothing wrong. */
export function adviseSuppression(event: Pick<EmailEvent, "type" | "bounce" | "reject">): SuppressionAdvice {
  if (event.type === "bounced") return event.bounce ? adviseOnBounce(event.bounce) : "none";
  if (event.type === "rejected") return event.reject ? byRejectReason[event.reject.reason] : "none";
  return memberOf(byType, event.type) ?? "none";
}

function adviseOnBounce({ severity, scope, category }: Bounce): SuppressionAdvice {
  if (scope === "message" || scope === "sender") return "none";
  const isFinal = severity === "permanent" && scope !== "network" && category !== "mailbox-full";
  return isFinal ? "suppress" : "count";
}
