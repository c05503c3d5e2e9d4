import type { Fields } from "./parse-fields.js";

/** What both kinds of report have beside their own part. */
export interface Report {
  /** Its own Message-ID. */
  readonly id: string;
  readonly date: string | undefined;
  /** To whom it was sent. */
  readonly recipients: readonly string[];
  /** The header of the message that it is about, where that was returned. */
  readonly original: Fields | undefined;
}
