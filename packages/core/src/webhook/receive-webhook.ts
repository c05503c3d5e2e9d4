import type {
  Authenticity,
  WebhookAdapter,
  WebhookAnswers,
  WebhookContent,
  WebhookLimits,
  WebhookRequest,
} from "../contract/index.js";
import { findHeader } from "./find-header.js";
import { toWebhookFailure } from "./parse-items.js";
import { readRequest, type WebhookInput } from "./read-request.js";
import type { AuthenticWebhook, Reception } from "./reception.js";
import type { ReplayStore } from "./replay-store.js";
import { isWebhookError, WebhookError } from "./webhook-error.js";
import { defaultWebhookLimits } from "./webhook-limits.js";

export interface ReceiveWebhookOptions<WebhookConfig> {
  readonly adapter: WebhookAdapter<WebhookConfig>;
  readonly request: WebhookInput;
  /** Checked by the definition's `configSchema` before. */
  readonly config: WebhookConfig;
  /** Default: the clock. */
  readonly now?: Date | undefined;
  /** Null only where replays do no harm: events have ids, but Mailgun's signature does not cover the body. */
  readonly replayStore: ReplayStore | null;
  /**
   * Keeps what is to be processed, durably: the relay is told that it may forget the request when this resolves, and to
   * try again when it rejects.
   */
  readonly store?: ((webhook: AuthenticWebhook) => Promise<unknown>) | undefined;
  readonly limits?: Partial<WebhookLimits> | undefined;
  /** Default: the global one. For adapters that download certificates, and keep them for as long as the same function is given. */
  readonly fetch?: typeof fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

const twoDaysInSeconds = 172_800;

/**
 * Called without a receiver, as platforms demand of their own; looked up at each call, since tests and tracers replace it.
 * One function for ever, so that adapters may remember what they downloaded through it.
 */
const platformFetch: typeof fetch = (...parameters) => fetch(...parameters);

/**
 * The only way from a request to events: read within the limits, verify, claim, store; then answer what the reception
 * says; then parse. Rejects with a `WebhookError` (`misconfigured`) only for mistakes of the calling code, such as a body
 * that was parsed before.
 */
export async function receiveWebhook<WebhookConfig>(
  options: ReceiveWebhookOptions<WebhookConfig>,
): Promise<Reception> {
  const { adapter, replayStore, store } = options;
  const { answers } = adapter;
  const limits = { ...defaultWebhookLimits, ...options.limits };
  const { method } = options.request;
  if (method === "GET" || method === "HEAD") return { outcome: "probe", status: 200, headers: {} };

  let request: WebhookRequest;
  try {
    if (method !== "POST") throw new WebhookError("malformed", "The request is not a POST.", { status: 405 });
    request = await readRequest(options.request, limits.bytes);
    assertUncompressed(request);
  } catch (error) {
    // A mistake of the calling code: it shows on the developer's machine, and not only in the relay's log.
    if (isWebhookError(error) && error.reason === "misconfigured") throw error;
    return toRefusal(error, answers);
  }

  let authenticity: Authenticity;
  try {
    authenticity = await adapter.verify(request, {
      config: options.config,
      now: options.now ?? new Date(),
      fetch: options.fetch ?? platformFetch,
      signal: options.signal,
    });
  } catch (error) {
    return toRefusal(error, answers);
  }

  const webhook: AuthenticWebhook = {
    request,
    authenticity,
    parse: () => parseSafely(adapter, request, limits),
  };
  const { replayKey, replayableForSeconds = twoDaysInSeconds } = authenticity;
  let isClaimed = false;
  try {
    if (replayStore && replayKey !== undefined) {
      isClaimed = await replayStore.claim(replayKey, replayableForSeconds);
      if (!isClaimed) return { outcome: "replayed", status: answers.received, headers: {} };
    }
    await store?.(webhook);
  } catch (error) {
    // What is not stored must not count as seen. If releasing fails too, the first reason is the one to tell.
    if (isClaimed) await replayStore?.release(replayKey ?? "").catch(() => undefined);
    return { outcome: "unavailable", status: answers.unavailable, headers: {}, error };
  }
  return { outcome: "received", status: answers.received, headers: {}, ...webhook };
}

/** No relay compresses, and a few octets can unpack to gigabytes. */
function assertUncompressed(request: WebhookRequest): void {
  const encoding = findHeader(request, "Content-Encoding");
  if (!encoding || encoding.toLowerCase() === "identity") return;
  throw new WebhookError("malformed", "The body is compressed.", { status: 415 });
}

function toRefusal(error: unknown, answers: WebhookAnswers): Reception {
  if (!isWebhookError(error) || error.reason === "misconfigured") {
    return { outcome: "unavailable", status: answers.unavailable, headers: {}, error };
  }
  if (error.reason === "replayed") return { outcome: "replayed", status: answers.received, headers: {} };
  const { challenge, status = answers.refused } = error;
  if (challenge !== undefined) {
    return { outcome: "refused", status: 401, headers: { "WWW-Authenticate": challenge }, error };
  }
  return { outcome: "refused", status, headers: status === 405 ? { Allow: "GET, HEAD, POST" } : {}, error };
}

async function parseSafely(
  adapter: WebhookAdapter<never>,
  request: WebhookRequest,
  limits: WebhookLimits,
): Promise<WebhookContent> {
  try {
    return await adapter.parse(request, limits);
  } catch {
    return { events: [], failures: [toWebhookFailure(0, "parser-failed", undefined)] };
  }
}
