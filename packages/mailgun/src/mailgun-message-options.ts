import * as z from "zod";

/** What a message may set as `providerOptions.mailgun`. What is absent is as the domain is set. */
export interface MailgunMessageOptions {
  /** Opens and clicks together. */
  readonly tracking?: boolean | undefined;
  readonly trackOpens?: boolean | undefined;
  /** `htmlonly`: links of the plain text stay as they are. */
  readonly trackClicks?: boolean | "htmlonly" | undefined;
  /** Nothing is delivered to another server; Mailgun's events come all the same. */
  readonly testMode?: boolean | undefined;
  /** Mailgun delivers over TLS, or not at all. */
  readonly requireTls?: boolean | undefined;
}

export const mailgunMessageOptions: z.ZodType<MailgunMessageOptions> = z.strictObject({
  tracking: z.boolean().optional(),
  trackOpens: z.boolean().optional(),
  trackClicks: z.union([z.boolean(), z.literal("htmlonly")]).optional(),
  testMode: z.boolean().optional(),
  requireTls: z.boolean().optional(),
});
