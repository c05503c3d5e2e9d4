/** Structured logging in the form of pino, which fits as it is. */
export interface HostLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

export const silentLog: HostLog = { info: () => {}, warn: () => {}, error: () => {} };
