import type { WebhookAdapter } from "@getfluxly/email-core";

/** A request with its proof, made with Web Crypto alone, so that it can be made and verified where there is no Node. */
export interface EdgeSample<Config> {
  readonly adapter: WebhookAdapter<Config>;
  readonly config: Config;
  /** Settings of another tenant: with them the same request has to be refused. */
  readonly foreignConfig: Config;
  /** The time at which the request arrives. */
  readonly now: Date;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Answers in place of the network, for adapters that download certificates. */
  readonly fetch?: typeof fetch | undefined;
}
