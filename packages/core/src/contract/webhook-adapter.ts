import type { Config, ConfigSchema, SecretField } from "./config-schema.js";
import type { EmailEvent } from "./email-event.js";

/** A request as it arrived: the raw bytes are what is verified. */
export interface WebhookRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: Uint8Array;
}

/** How the sender of a request was proven. */
export interface Authenticity {
  readonly proof: "signature" | "shared_secret";
  readonly signedAt?: Date | undefined;
  /** Unique to this request; a second request with it is a replay. */
  readonly replayKey?: string | undefined;
}

export interface WebhookFailure {
  /** Which item of the payload, from 0. */
  readonly index: number;
  readonly code: string;
}

/** `control`: what a relay asks of the receiver besides events (Amazon SNS confirms a subscription). */
export interface WebhookContent {
  readonly events: readonly EmailEvent[];
  readonly failures: readonly WebhookFailure[];
  readonly control?: { readonly type: string; readonly url?: string | undefined } | undefined;
}

export interface WebhookAdapter<in WebhookConfig> {
  readonly specificationVersion: "v1";
  /** HTTP status codes: relays differ in what makes them retry, stop or pause. */
  readonly answers: { readonly received: number; readonly refused: number; readonly unavailable: number };
  /** Resolves only if the request is authentic. */
  verify(
    request: WebhookRequest,
    options: {
      readonly config: WebhookConfig;
      readonly now: Date;
      readonly fetch: typeof fetch;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<Authenticity>;
  /** Never throws after `verify` resolved: what cannot be read becomes a failure with its index. */
  parse(request: WebhookRequest): Promise<WebhookContent>;
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
