import type { Socket } from "node:net";
import type { SMTPServer } from "smtp-server";
import type { CapturedMessage } from "./captured-message.js";
import type { ConnectionRecorder } from "./connection-recorder.js";
import type { Sessions } from "./create-smtp-server.js";
import type { FaultScript } from "./fault-script.js";
import type { SandboxRelayOptions } from "./sandbox-relay-options.js";
import type { SocketHop, SocketHops } from "./socket-hop.js";

/** What the connections of one relay share. */
export interface RelayContext {
  readonly options: SandboxRelayOptions;
  readonly server: SMTPServer;
  readonly sessions: Sessions;
  readonly hops: SocketHops;
  readonly script: FaultScript;
  readonly capture: (message: CapturedMessage) => void;
}

/** The same, for one of them. */
export interface ConnectionContext extends RelayContext {
  /** The TCP connection to the client. */
  readonly transport: Socket;
  readonly recorder: ConnectionRecorder;
  readonly hop: SocketHop;
}
