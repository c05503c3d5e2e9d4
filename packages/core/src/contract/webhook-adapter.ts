import type { Config, ConfigSchema, SecretField } from "./config-schema.js";
import type { EmailEvent } from "./email-event.js";

/** A request as it arrived: the raw bytes are what is verified. */
export interface WebhookRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: Uint8Array;
}

/**
 * How the sender of a request was proven. A `shared_secret` proves less than a `signature`: it does not bind the body,
 * so its events should suppress only addresses that we have sent to.
 */
export interface Authenticity {
  readonly proof: "signature" | "shared_secret";
  readonly signedAt?: Date | undefined;
  /** Begins with the relay's id. Unique to this request: a second request with it is a replay. */
  readonly replayKey?: string | undefined;
  /** For how long the same request would pass again. Default: two days. */
  readonly replayableForSeconds?: number | undefined;
}

/** How much of a request is read. Absent: the defaults, 1 MB (1,048,576 bytes), 32 levels, 5,000 items. */
export interface WebhookLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly items: number;
}

/**
 * Why an item of an authentic request became no event. `parser-failed` is a fault of the adapter; an event name that the
 * adapter does not know is no failure but an event of type `other`.
 */
export type WebhookFailureCode =
  | "not-json"
  | "not-an-object"
  | "not-a-list"
  | "missing-type"
  | "nothing-to-attach-to"
  | "unsupported-version"
  | "too-deep"
  | "too-many"
  | "parser-failed";

export interface WebhookFailure {
  /** Which item of the payload, from 0. */
  readonly index: number;
  readonly code: WebhookFailureCode;
  /** The item as it came. Not enumerable, so it is in no JSON. */
  readonly raw: unknown;
}

/** What a relay asks of the receiver besides events. Amazon SNS asks to confirm a subscription by opening `confirmUrl`. */
export interface WebhookControl {
  readonly type: "subscription-confirmation" | "unsubscribe-confirmation" | "ignored";
  readonly topicArn?: string | undefined;
  readonly confirmUrl?: string | undefined;
}

export interface WebhookContent {
  readonly events: readonly EmailEvent[];
  readonly failures: readonly WebhookFailure[];
  readonly control?: WebhookControl | undefined;
}

/**
 * HTTP status codes: relays differ in what makes them retry, stop or pause. `received`: stored, or seen before, or of no
 * use. `refused`: not authentic. `unavailable`: we could not store it; chosen so that the relay tries again.
 */
export interface WebhookAnswers {
  readonly received: number;
  readonly refused: number;
  readonly unavailable: number;
}

export interface WebhookAdapter<in WebhookConfig> {
  readonly specificationVersion: "v1";
  readonly answers: WebhookAnswers;
  /** Resolves only if the request is authentic; else rejects with a `WebhookError` (`core/webhook`). Anything else that it throws, such as a failed download of a certificate, is answered `unavailable`. */
  verify(
    request: WebhookRequest,
    options: {
      readonly config: WebhookConfig;
      readonly now: Date;
      readonly fetch: typeof fetch;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<Authenticity>;
  /**
   * Pure: no clock, no network, the same result each time. Never throws after `verify` resolved: what cannot be read
   * becomes a failure with its index, and its neighbours stay.
   */
  parse(request: WebhookRequest, limits?: WebhookLimits): Promise<WebhookContent>;
}

export interface WebhookDefinition<Schema extends ConfigSchema> {
  readonly configSchema: Schema;
  readonly secretFields: readonly SecretField<Schema>[];
  load(): Promise<WebhookAdapter<Config<Schema>>>;
}

/** The form in which a registry holds any webhook definition. */
export interface AnyWebhookDefinition {
  readonly configSchema: ConfigSchema;
  readonly secretFields: readonly string[];
  load(): Promise<WebhookAdapter<never>>;
}
