import type { MailServer } from "./mail-server.js";
import type { Maildir } from "./maildir.js";

/** The domain that every real relay of these tests delivers; each user has a mailbox of their own. */
export const mailDomain = "example.test";

export interface RealRelayOptions {
  /** Local parts with a mailbox. */
  readonly users?: readonly string[];
  /** Announced as SIZE. */
  readonly maxMessageBytes?: number;
  /** Whether it is announced. */
  readonly smtputf8?: boolean;
  /** What AUTH offers. */
  readonly mechanisms?: readonly ("PLAIN" | "LOGIN")[];
  /** The server's own main settings, by its own names; they win over those of the fixture. */
  readonly settings?: Readonly<Record<string, string>>;
}

export const realRelayDefaults = {
  users: ["anna", "bert", "jörg"],
  maxMessageBytes: 12_000_000,
  smtputf8: true,
  mechanisms: ["PLAIN", "LOGIN"],
  settings: {},
} as const satisfies RealRelayOptions;

/** A server with TLS, logins and a Maildir for each user. */
export interface RealRelay extends MailServer {
  /** STARTTLS required before AUTH. */
  readonly submission: { readonly port: number };
  /** TLS from the first byte, then AUTH. */
  readonly implicitTls: { readonly port: number };
  /** PEM, for `certificateAuthorities`. The relay's certificate is for `localhost`. */
  readonly certificateAuthority: string;
  readonly username: string;
  readonly password: string;
  mailboxOf(user: string): Maildir;
}
