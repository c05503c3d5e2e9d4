import * as z from "zod";

/** What a message may set as `providerOptions.sendgrid`. What is absent is as the account is set. */
export interface SendGridMessageOptions {
  readonly trackOpens?: boolean | undefined;
  readonly trackClicks?: boolean | undefined;
  /** Whether SendGrid appends its own line with links for unsubscribing. */
  readonly unsubscribeFooter?: boolean | undefined;
  /** Number of the unsubscribe group that the message belongs to. */
  readonly unsubscribeGroupId?: number | undefined;
  /** Name of a pool of your IP addresses. */
  readonly ipPool?: string | undefined;
  /** Goes out in spite of every suppression: for what has to be said, such as a password reset. */
  readonly bypassListManagement?: boolean | undefined;
}

export const sendgridMessageOptions: z.ZodType<SendGridMessageOptions> = z.strictObject({
  trackOpens: z.boolean().optional(),
  trackClicks: z.boolean().optional(),
  unsubscribeFooter: z.boolean().optional(),
  unsubscribeGroupId: z.int().positive().optional(),
  ipPool: z.string().min(1).max(64).optional(),
  bypassListManagement: z.boolean().optional(),
});
