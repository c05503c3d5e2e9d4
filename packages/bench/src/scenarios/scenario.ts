import type { ClientName } from "../clients/client-name.js";
import type { MessageKind } from "../messages/message-kind.js";
import type { TlsMode } from "../sinks/tls-mode.js";

/** One row of the report: everything that is equal for the clients that are compared. */
export interface Scenario {
  /** Such as `2KB 5 connections`; what differs from the usual is said. Never changes: ratios are recorded under it. */
  readonly name: string;
  readonly kind: MessageKind;
  readonly connections: number;
  readonly roundTripMs: number;
  readonly tls: TlsMode;
  readonly server: "sink" | "postfix";
  readonly clients: readonly ClientName[];
}
