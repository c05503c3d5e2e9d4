import type { EmailMessage } from "./email-message.js";
import type {
  BatchOptions,
  CloseOptions,
  SendOptions,
  Verification,
  VerifyOptions,
} from "./email-provider.js";
import type { ProviderCapabilities } from "./provider-capabilities.js";
import type { BatchOutcome, Receipt } from "./receipt.js";
import type { Sender } from "./sender.js";

/**
 * What a host holds: a provider with message checks, sender defaults, deadlines, abort and error mapping around it.
 * Every rejection is an `EmailError`.
 */
export interface ManagedProvider<Id extends string = string> extends AsyncDisposable {
  readonly providerId: Id;
  /** In whose name it sends. */
  readonly sender: Sender;
  readonly capabilities: ProviderCapabilities;
  /** Default deadline: 30 s. */
  verify(options?: VerifyOptions): Promise<Verification>;
  /** Default deadline: 5 minutes, because a relay may take that long for its final reply (RFC 5321 section 4.5.3.2.6). */
  send(message: EmailMessage, options?: SendOptions): Promise<Receipt>;
  /**
   * Never throws for one message: a bad one yields its own failed outcome and the others go on. When the whole ends early
   * (abort, close, a connector that gives up, a source that throws), the outcomes of the messages under way come first;
   * then it throws. A message without an outcome was not sent. With a connector that has no batch of its own, one message
   * is sent after the other.
   */
  sendBatch(
    messages: Iterable<EmailMessage> | AsyncIterable<EmailMessage>,
    options?: BatchOptions,
  ): AsyncIterable<BatchOutcome>;
  /**
   * Resolves when running calls have settled and all connections are closed; later calls reject with `provider-closed`.
   * `force` does not wait for them: it ends them, also when an earlier close is still waiting.
   */
  close(options?: CloseOptions): Promise<void>;
}
