import * as z from "zod";

export interface AccessFieldOptions {
  readonly title: string;
  /** Where it is found, in a sentence. */
  readonly description: string;
  /** What a right one looks like; a hint for people, never a rule, since relays change their formats. */
  readonly example?: string | undefined;
  /** What is often pasted in its place, and what to do then. Refused before any connection is made. */
  readonly lookAlikes?: readonly (readonly [pattern: RegExp, message: string])[] | undefined;
}

/** A user name, key, token or password of a relay: required, of one line, not one of its look-alikes. */
export function accessField({
  title,
  description,
  example,
  lookAlikes = [],
}: AccessFieldOptions): z.ZodString {
  return z
    .string({ error: ({ input }) => (input === undefined ? "Is required." : "Must be text.") })
    .min(1, "Is required.")
    .max(1_000, "Must have at most 1000 characters.")
    .check(({ value, issues }) => {
      const refuse = (message: string) => issues.push({ code: "custom", input: value, message });
      if (/[\0\r\n]/.test(value)) refuse("Must not contain line breaks or NUL.");
      else if (value !== value.trim()) refuse("Has a blank at its beginning or end: copy it without.");
      else {
        const found = lookAlikes.find(([pattern]) => pattern.test(value));
        if (found) refuse(found[1]);
      }
    })
    .meta({ title, description, ...(example !== undefined && { examples: [example] }) });
}
