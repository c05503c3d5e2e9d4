import type { CapturedMessage } from "./captured-message.js";
import type { Fault, FaultPoint } from "./fault.js";
import type { SandboxConnection } from "./sandbox-connection.js";

export interface WaitOptions {
  /** Default 5000. */
  readonly timeoutMs?: number | undefined;
}

/** A running relay. */
export interface SandboxRelay extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly tls: "starttls" | "implicit" | "none";
  /** PEM. Every relay of this process has the same one. */
  readonly certificateAuthority: string;
  readonly users: Readonly<Record<string, string>>;
  /** Live, in the order of arrival. */
  readonly messages: readonly CapturedMessage[];
  /** Live, in the order of arrival; closed ones stay. */
  readonly connections: readonly SandboxConnection[];
  readonly openConnectionCount: number;
  /** Resolves with all messages once there are at least `count`. */
  waitForMessages(count: number, options?: WaitOptions): Promise<readonly CapturedMessage[]>;
  /** Resolves with all connections once there are at least `count`, open or closed. */
  waitForConnections(count: number, options?: WaitOptions): Promise<readonly SandboxConnection[]>;
  /** Resolves once no connection is open. */
  waitForNoConnections(options?: WaitOptions): Promise<void>;
  /** Resolves once faults at this point have been met `count` (default 1) times since they were set. */
  waitForFault(
    at: FaultPoint,
    options?: WaitOptions & { readonly count?: number | undefined },
  ): Promise<void>;
  /** Replaces all faults; their counters start anew. */
  setFaults(faults: readonly Fault[]): void;
  /** Forgets the messages and the closed connections. */
  clear(): void;
  /** Stops listening and destroys all connections; resolves when both is done, also when called again. */
  close(): Promise<void>;
}
