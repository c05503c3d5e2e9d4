import * as z from "zod";

/** What a message may set for Postmark alone, as `providerOptions.postmark`. */
export interface PostmarkMessageOptions {
  /** The id of a message stream. Default: the server's `outbound`, or the stream of an SMTP token. */
  readonly messageStream?: string | undefined;
  /** On for this message. A server that tracks opens cannot be overridden to off. */
  readonly trackOpens?: boolean | undefined;
  readonly trackLinks?: "None" | "HtmlAndText" | "HtmlOnly" | "TextOnly" | undefined;
}

export const postmarkMessageOptions: z.ZodType<PostmarkMessageOptions> = z.strictObject({
  messageStream: z
    .string()
    .regex(/^[\w.-]{1,100}$/, "Must be the id of a stream, such as outbound.")
    .optional(),
  trackOpens: z.boolean().optional(),
  trackLinks: z.enum(["None", "HtmlAndText", "HtmlOnly", "TextOnly"]).optional(),
});
