/** Where the mail of a measurement ends. */
export interface Sink {
  readonly port: number;
  /** It, and its children, take the mail. */
  readonly processId: number;
  /** Messages taken so far, by the sink's own count. */
  received(): Promise<number>;
  stop(): Promise<void>;
}
