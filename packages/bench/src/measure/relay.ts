import type { Sink } from "../sinks/sink.js";

/** What a client connects to: a sink, perhaps behind a delay. */
export interface Relay extends Sink {
  /** PEM. */
  readonly certificateAuthority: string;
}
