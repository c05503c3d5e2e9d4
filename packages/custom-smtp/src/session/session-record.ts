import type { TLSSocket } from "node:tls";
import type { SmtpReply } from "./reply.js";

/** Hears what happens in a session, for those who have to explain it. Nothing is asked of it, so it cannot disturb. */
export interface SessionRecord {
  resolved(addresses: readonly string[]): void;
  connected(address: string): void;
  secured(socket: TLSSocket): void;
  /** A line of ours, which may hold a password. Content is not told. */
  said(line: string): void;
  heard(reply: SmtpReply): void;
}
