import type { Content } from "./content.js";

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** What goes to the relay in one transaction. */
export interface Mail {
  readonly envelope: Envelope;
  readonly content: Content;
  /** Travels as ENVID (RFC 3461), so that a bounce names the message it is about. ASCII letters and digits. */
  readonly envelopeId: string;
}
