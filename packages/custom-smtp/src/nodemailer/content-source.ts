/** Where text or octets come from. Of several, nodemailer takes the first of these. */
export interface ContentSource {
  readonly path?: unknown;
  readonly href?: unknown;
  readonly content?: unknown;
  /** Of a text in `content`. */
  readonly encoding?: unknown;
  /** For the request to `path` or `href`. */
  readonly httpHeaders?: unknown;
  readonly tls?: unknown;
}
