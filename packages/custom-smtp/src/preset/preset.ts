import type {
  Config,
  ConfigSchema,
  DomainRecords,
  EmailErrorCode,
  PreparedMessage,
  SecretField,
  WebhookDefinition,
} from "@getfluxly/email-core";
import type { ZodType } from "zod";
import type { RelayHeader } from "../compose/relay-header.js";
import type { DeliveryOptions } from "../delivery-options.js";

/** Where and as whom a preset connects. */
export interface PresetConnection {
  readonly host: string;
  readonly port: number;
  /**
   * Tried in this order, in the same TLS mode, where `port` cannot be reached, so that nobody has to be asked for a port. Not 25: it
   * is the first that hosting providers close.
   */
  readonly fallbackPorts?: readonly number[] | undefined;
  readonly tlsMode: "starttls" | "ssl";
  readonly username: string;
  readonly password: string;
}

/** What `headers` gets to see of one message. */
export interface PresetMessage<Settings, MessageOptions> {
  readonly message: PreparedMessage;
  readonly config: Settings;
  /** The message's `providerOptions` for this relay, checked; empty where it has none. */
  readonly options: MessageOptions;
  /** The message's metadata and, as `gf_id`, its correlation id: what has to come back in the relay's events. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Refuses the message, before anything is sent. All that is wrong is told at once. */
  report(path: string, message: string): void;
}

/** A refusal that means something else than its code says, such as 535 for an account that is over its quota. */
export interface PresetReply {
  /** Code and text, such as `535 5.7.0 Monthly limit reached`. By the words as little as possible: relays reword them. */
  readonly pattern: RegExp;
  /** Says who has to act, and whether a later try may succeed. */
  readonly code: EmailErrorCode;
  readonly remedy: string;
}

/** A fact about the relay, and where it was read. */
export interface PresetFact {
  readonly fact: string;
  readonly source: string;
  /** ISO date. */
  readonly readOn: string;
}

/**
 * A relay as data: what is the same for all its users. What a user gives is in `configSchema`, a strict object that shows
 * only that.
 */
export interface Preset<
  Id extends string,
  Schema extends ConfigSchema,
  WebhookSchema extends ConfigSchema,
  MessageOptions extends object,
> {
  /** Also the slug of the webhook. */
  readonly id: Id;
  readonly displayName: string;
  readonly documentationUrl: string;
  readonly configSchema: Schema;
  readonly secretFields: readonly SecretField<Schema>[];
  /** Pure. TLS is never optional. */
  connection(config: Config<Schema>): PresetConnection;
  /** Where send-scoped credentials are found, step by step, in the words of the relay's pages. */
  readonly credentialSteps: readonly string[];
  /** Of one message. What is beyond them is refused before anything is sent. */
  readonly limits: {
    /** 0: the relay carries none. */
    readonly tags: number;
    /** Our own `gf_id` included; at least 1. */
    readonly metadata: number;
    readonly recipients?: number | undefined;
    /** Of the composed message, attachments encoded. Absent: what the relay announces (RFC 1870) counts. */
    readonly messageBytes?: number | undefined;
  };
  /** What a message may set for this relay alone, as `providerOptions.<id>`; refuses unknown keys. */
  readonly messageOptions?: ZodType<MessageOptions> | undefined;
  /** Pure. Tags, metadata and options as the relay's own header fields. */
  headers(input: PresetMessage<Config<Schema>, MessageOptions>): readonly RelayHeader[];
  /** Finds the relay's id of a message in the text of its last reply, as group 1; null where the reply has none. */
  readonly relayMessageId: RegExp | null;
  /** The first that fits counts. */
  readonly replies?: readonly PresetReply[] | undefined;
  readonly delivery: DeliveryOptions;
  readonly domainRecords: DomainRecords;
  /** What the data rest on. */
  readonly facts: readonly PresetFact[];
  readonly webhook?: WebhookDefinition<WebhookSchema> | undefined;
}

/** What there is to know about a relay besides its definition: for documentation, set-up pages and tools. */
export type PresetManifest = Pick<
  Preset<string, ConfigSchema, ConfigSchema, object>,
  "credentialSteps" | "limits" | "delivery" | "facts"
>;

/** For operators, never from a tenant's settings. */
export interface PresetOptions {
  /** Replaces parts of the preset's own. */
  readonly delivery?: DeliveryOptions | undefined;
  /** Another way to the relay: a proxy in the own network, or the sandbox relay in a test. */
  readonly connection?: Partial<Pick<PresetConnection, "host" | "port" | "tlsMode">> | undefined;
}
