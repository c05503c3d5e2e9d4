/** What nodemailer hands to a transport (its MailMessage), as far as it is read here. Ours, so that no type of nodemailer's leaks. */
export interface NodemailerMail {
  /** nodemailer's own copy of what `sendMail` was given, with the defaults, after the `compile` plugins. */
  readonly data: object;
  readonly message: CompiledMessage;
  /** Reads text, octets, a stream, a file or a URL, as far as `disableFileAccess` and `disableUrlAccess` allow. */
  resolveContent(data: { [key: string]: unknown }, key: string): Promise<unknown>;
  /** Parses the addresses of `message` and gives the attachments in `data` their names and types. */
  resolveAll(callback: (error: Error | null, data: object) => void): void;
}

/** The root of the MIME tree. */
export interface CompiledMessage extends CompiledPart {
  getAddresses(): object;
  messageId(): string;
  getEnvelope(): { readonly from: string | false; readonly to: readonly string[] };
  encodeHeaderValue(key: string, value: string | string[]): string;
}

export interface CompiledPart {
  readonly childNodes: readonly CompiledPart[];
  readonly content?: unknown;
}
