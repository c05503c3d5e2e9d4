import type { Sender } from "./sender.js";

export type LogLevel = "debug" | "info" | "warn";

/** What the host lends to a connector. */
export interface ProviderContext {
  readonly sender: Sender;
  readonly now: () => Date;
  /**
   * Whether a connection to this address is allowed; asked for every address at every connection.
   * Undefined: public addresses only.
   */
  readonly permitsAddress?: ((address: string, port: number) => boolean) | undefined;
  /**
   * Whether the operator trusts the network of this address enough for a connection without TLS.
   * Undefined: every permitted address that is not public.
   */
  readonly permitsPlaintext?: ((address: string, port: number) => boolean) | undefined;
  /** PEM certificates trusted in addition to the system's. */
  readonly certificateAuthorities: readonly string[];
  /** The name given in EHLO (RFC 5321 section 4.1.1.1): the fully qualified name of the sending host. */
  readonly clientName: string;
  readonly fetch: typeof fetch;
  /** Structured; fields never hold credentials or message content. */
  readonly log: (level: LogLevel, event: string, fields?: Readonly<Record<string, unknown>>) => void;
}
