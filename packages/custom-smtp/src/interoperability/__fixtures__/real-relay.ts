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
}

export const realRelayDefaults = {
  users: ["anna", "bert", "jörg"],
  maxMessageBytes: 12_000_000,
  smtputf8: true,
  mechanisms: ["PLAIN", "LOGIN"],
} as const satisfies RealRelayOptions;

/** A real mail server on 127.0.0.1, ended by `close`; several may run at once. */
export interface RealRelay {
  /** STARTTLS required before AUTH. */
  readonly submission: { readonly port: number };
  /** TLS from the first byte, then AUTH. */
  readonly implicitTls: { readonly port: number };
  /** Neither TLS nor AUTH. */
  readonly plain: { readonly port: number };
  /** PEM, for `certificateAuthorities`. The relay's certificate is for `localhost`. */
  readonly certificateAuthority: string;
  readonly username: string;
  readonly password: string;
  /** The local part names the mailbox. */
  mailboxOf(user: string): Maildir;
  /** What the server wrote about itself so far. */
  log(): Promise<string>;
  /** Resolves when its processes are gone and its files deleted. */
  close(): Promise<void>;
}
