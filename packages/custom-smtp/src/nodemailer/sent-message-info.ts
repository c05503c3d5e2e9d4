import type { Receipt } from "@getfluxly/email-core";

/**
 * What `sendMail` resolves to. A type and no interface, because only then TypeScript takes it where nodemailer's own
 * `SentMessageInfo` is asked for.
 */
export type SentMessageInfo = {
  envelope: { from: string; to: string[] };
  /** With angle brackets. */
  messageId: string;
  accepted: string[];
  rejected: string[];
  /** One for each of `rejected`; absent where there is none. */
  rejectedErrors?: RejectedRecipientError[];
  /** The relay's last reply. */
  response: string;
  receipt: Receipt;
};

/** The relay's no to one recipient, with the fields that nodemailer has. */
export interface RejectedRecipientError extends Error {
  readonly code: "recipients-refused";
  readonly command: "RCPT TO";
  readonly recipient: string;
  readonly permanent: boolean;
  readonly responseCode?: number;
  readonly response?: string;
}
