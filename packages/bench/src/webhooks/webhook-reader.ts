/** One way to make something of a webhook's octets. */
export interface WebhookReader {
  readonly name: string;
  /** Resolves to the number of events that it made. */
  read(): Promise<number>;
}
