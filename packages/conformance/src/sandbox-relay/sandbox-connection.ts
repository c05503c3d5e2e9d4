export interface TranscriptEntry {
  readonly direction: "client" | "server";
  /** Without the line end; message content as `<n octets>`. A login is shown as it was sent. */
  readonly text: string;
  /** Whether it travelled inside TLS. */
  readonly encrypted: boolean;
}

/** One accepted TCP connection, live: its properties change while it is open. */
export interface SandboxConnection {
  /** From 1, in the order of arrival. */
  readonly id: number;
  readonly open: boolean;
  /** Resolves when the connection is closed, whoever closed it. */
  readonly closed: Promise<void>;
  /** The client's port. */
  readonly remotePort: number;
  /** Every octet that the client sent, as it came over TCP: before any decryption. */
  readonly wire: Uint8Array;
  /** What was said, in the order in which the relay handled it, decrypted. */
  readonly transcript: readonly TranscriptEntry[];
  /** The command lines of the client; not its AUTH continuation lines, and not the content. */
  readonly commands: readonly string[];
  /** Undefined before a completed handshake. `serverName` is what the client sent as SNI. */
  readonly tls:
    | { readonly protocol: string; readonly cipher: string; readonly serverName: string | undefined }
    | undefined;
  /** Who is logged in. */
  readonly user: string | undefined;
  /** Says something unasked, such as `421 4.4.2 Idle for too long`; inside TLS, where TLS is on. Works on a stalled one too. */
  write(text: string): void;
  /** Ends the TCP connection, by RST (`reset`, the default) or FIN (`end`). */
  drop(by?: "reset" | "end"): void;
}
