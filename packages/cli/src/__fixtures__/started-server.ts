export interface StartedServer {
  readonly port: number;
  /** In PEM: who signed its certificate. */
  readonly certificateAuthority?: string | undefined;
  close(): Promise<unknown>;
}
