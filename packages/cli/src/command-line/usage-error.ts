/** The person at the keyboard has to write something else. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** What to write instead. */
    readonly hint: string = "`getfluxly-email help` shows all commands and options.",
  ) {
    super(message);
    this.name = "UsageError";
  }
}
