import type { SecureContext } from "node:tls";
import type { ProviderContext } from "@getfluxly/email-core";
import type { PortOrder } from "../network/port-order.js";
import type { HostResolver } from "../network/resolve-host.js";
import type { SessionRecord } from "./session-record.js";

/** `starttls` and `ssl` are TLS or nothing; `none` is a connection in clear. */
type TlsMode = "starttls" | "ssl" | "none";

export interface SessionOptions {
  readonly host: string;
  readonly port: number;
  /** Where the relay listens on other ports too, in the same TLS mode: `port` and those. */
  readonly portOrder?: PortOrder | undefined;
  readonly tlsMode: TlsMode;
  /** Undefined: no login. */
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  readonly policy: Pick<ProviderContext, "permitsAddress" | "permitsPlaintext">;
  /** Called when a handshake is due, so that a connection in clear reads no certificates. */
  readonly trust: () => SecureContext;
  /** For EHLO. */
  readonly clientName: string;
  readonly resolve: HostResolver;
  /** Takes our credentials out of a relay's text. */
  readonly redact: (text: string) => string;
  /** Ends everything: the caller's abort and the overall deadline. */
  readonly signal: AbortSignal;
  readonly record?: SessionRecord | undefined;
}

/** How long a relay may take for each step. RFC 5321 section 4.5.3.2 asks for more; the overall deadline rules anyway. */
export const stepTimeoutsMs = {
  dns: 10_000,
  connect: 15_000,
  /** While there is another port to try: what drops packets to one port often lets those to another through. */
  connectOfSeveral: 4_000,
  handshake: 15_000,
  greeting: 60_000,
  command: 60_000,
  dataBlock: 120_000,
  endOfData: 600_000,
} as const;
