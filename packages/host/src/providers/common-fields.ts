import { parseAddress } from "@getfluxly/email-core";
import * as z from "zod";

const text = z.string({
  error: ({ input }) =>
    input === undefined ? "Is required." : "Must be text in quotes; leave it out if there is none.",
});

// Control characters and line separators: neither a header nor a list entry may hold them.
const line = text
  .min(1, "Must not be empty; leave an optional field out.")
  .max(200, "Must have at most 200 characters.")
  .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), "Must be one line without control characters.");

/** An address in the form that goes on the wire. */
export const addressField = text.transform((value, context) => {
  const { address, reason } = parseAddress(value);
  if (reason === undefined) return address;
  context.addIssue({ code: "custom", message: reason });
  return z.NEVER;
});

/** What every stored provider has, whatever its connector. */
export const commonFields = z.strictObject({
  provider: text,
  display_name: line,
  from_email: addressField,
  from_name: line.optional(),
  reply_to: addressField.optional(),
  test_recipient: addressField.optional(),
});
