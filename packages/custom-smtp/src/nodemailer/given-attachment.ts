import type { ContentSource } from "./content-source.js";

/** An attachment as it was given, each of its fields read once. */
export interface GivenAttachment extends ContentSource {
  readonly filename: unknown;
  readonly contentType: unknown;
  readonly contentDisposition: unknown;
  readonly contentTransferEncoding: unknown;
  readonly cid: unknown;
  readonly raw: unknown;
  readonly headers: unknown;
}
