/** The messages of one user. */
interface Mailbox {
  messages(): Promise<Uint8Array[]>;
}

/** How a server's log tells about its connections; every pattern has the flag `g`. */
export interface SessionPatterns {
  readonly opened: RegExp;
  readonly closed: RegExp;
  /** Closed because the client said QUIT. */
  readonly quit: RegExp;
  /** A message that the server took over. */
  readonly taken: RegExp;
  /** Anything that the server found wrong with the way in which the client speaks. */
  readonly complaint: RegExp;
}

/** A real mail server on 127.0.0.1, ended by `close`; several may run at once. */
export interface MailServer {
  /** Neither TLS nor AUTH. */
  readonly plain: { readonly port: number };
  /** The local part names the mailbox. */
  mailboxOf(user: string): Mailbox;
  /** What the server wrote about itself so far. */
  log(): Promise<string>;
  readonly sessionPatterns: SessionPatterns;
  /** The connections that the fixture itself made, to see that somebody listens. */
  readonly probes: number;
  /** Resolves when its processes are gone and its files deleted. */
  close(): Promise<void>;
}
