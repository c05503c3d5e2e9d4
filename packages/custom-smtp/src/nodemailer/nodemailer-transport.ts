import type { CloseOptions, EmailError } from "@getfluxly/email-core";
import type { NodemailerMail } from "./nodemailer-mail.js";
import type { RejectedRecipientError, SentMessageInfo } from "./sent-message-info.js";

/** What nodemailer's `createTransport` takes. */
export interface NodemailerTransport {
  readonly name: string;
  readonly version: string;
  readonly supportsAbortSignal: true;
  send(mail: NodemailerMail, callback: (error: Error | null, info?: SentMessageInfo) => void): void;
  /** Resolves when `provider.verify()` does; whether a login was proven is in the provider's own answer only. */
  verify(): Promise<true>;
  verify(callback: (error: Error | null, success?: true) => void): void;
  /** Whether another message is taken without piling up, as with nodemailer's pool. */
  isIdle(): boolean;
  /** `idle`: at the beginning, and whenever `isIdle` has become true again. */
  on(event: string | symbol, listener: (...values: unknown[]) => void): this;
  /** Closes the provider. What it returns may be awaited and need not be. */
  close(options?: CloseOptions): Promise<void>;
}

/** How errors arrive: ours, with what code for nodemailer reads besides. */
export type NodemailerEmailError = EmailError & {
  /** The code of `reply`. */
  readonly responseCode?: number;
  /** `reply` as one text. */
  readonly response?: string;
  /** Such as `MAIL FROM`; absent where it was no matter of SMTP. */
  readonly command?: string;
  /** One for each of `rejected`. */
  readonly rejectedErrors?: readonly RejectedRecipientError[];
};
