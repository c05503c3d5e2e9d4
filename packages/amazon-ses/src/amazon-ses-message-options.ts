import * as z from "zod";

/** What a message may set for Amazon SES alone, as `providerOptions.ses`. */
export interface AmazonSesMessageOptions {
  /** Instead of the one in the settings. */
  readonly configurationSet?: string | undefined;
  /** SES checks whether the recipient is subscribed, and puts its own List-Unsubscribe in. One recipient, Easy DKIM. */
  readonly contactList?: string | undefined;
  /** Of `contactList`. Absent: the whole list. */
  readonly topic?: string | undefined;
}

const name = z.string().regex(/^[\w-]{1,64}$/, "Must have 1 to 64 letters, digits, _ or -.");

export const amazonSesMessageOptions: z.ZodType<AmazonSesMessageOptions> = z
  .strictObject({
    configurationSet: name.optional(),
    contactList: name.optional(),
    topic: name.optional(),
  })
  .refine(({ contactList, topic }) => topic === undefined || contactList !== undefined, {
    path: ["topic"],
    message: "Needs contactList, of which it is a topic.",
  });
