export { adviseSuppression } from "./advise-suppression.js";
export { assertFresh } from "./assert-fresh.js";
export { concatOctets } from "./concat-octets.js";
export { createMemoryReplayStore } from "./create-memory-replay-store.js";
export { defineWebhookAdapter } from "./define-webhook-adapter.js";
export { digestId, type IdFields } from "./digest-id.js";
export { equalInConstantTime } from "./equal-in-constant-time.js";
export type { EventDraft } from "./event-draft.js";
export { findHeader, requireHeader } from "./find-header.js";
export { findStatus } from "./find-status.js";
export { fromBase64 } from "./from-base64.js";
export { fromHex } from "./from-hex.js";
export { hmacSha256 } from "./hmac-sha256.js";
export { isJsonObject, type JsonObject, memberOf, textOf, textsOf } from "./json-value.js";
export { type BounceEvidence, judgeBounce } from "./judge-bounce.js";
export { matchesOneOf } from "./matches-one-of.js";
export { type ItemReader, parseItems, toWebhookFailure } from "./parse-items.js";
export { parseJson, readJson } from "./read-json.js";
export { readReply, type SmtpReply } from "./read-reply.js";
export type { WebhookInput } from "./read-request.js";
export { type ReceiveWebhookOptions, receiveWebhook } from "./receive-webhook.js";
export type { AuthenticWebhook, Reception } from "./reception.js";
export { redactEvent } from "./redact-event.js";
export {
  type EngagementMark,
  initialStatus,
  type MessageStatus,
  reduceStatus,
  type StatusMark,
} from "./reduce-status.js";
export type { ReplayStore } from "./replay-store.js";
export { sameMessageId, toBareMessageId } from "./same-message-id.js";
export { toBareAddress } from "./to-bare-address.js";
export { toEvent } from "./to-event.js";
export { secondsToIsoTime, toIsoTime } from "./to-iso-time.js";
export { toMetadata } from "./to-metadata.js";
export { type SharedSecretConfig, verifySharedSecret } from "./verify-shared-secret.js";
export { type StandardWebhookOptions, verifyStandardWebhook } from "./verify-standard-webhook.js";
export {
  isWebhookError,
  WebhookError,
  type WebhookErrorOptions,
  type WebhookErrorReason,
  webhookErrorReasons,
} from "./webhook-error.js";
export { defaultWebhookLimits } from "./webhook-limits.js";
