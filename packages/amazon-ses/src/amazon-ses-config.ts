import type { ConfigSchema } from "@getfluxly/email-core";
import { accessField } from "@getfluxly/email-custom-smtp/preset";
import * as z from "zod";

/** What a user writes. */
export interface AmazonSesConfig {
  /** Such as `eu-central-1`. Identities, quotas and SMTP passwords belong to one region. */
  readonly region: string;
  /** Of the SMTP credentials: an access key id, `AKIA` and 16 characters. */
  readonly username: string;
  /** Of the SMTP credentials: 44 characters, made for this region. Not the secret access key. */
  readonly password: string;
  /** Without one, SES publishes no events, unless the identity has a default set. */
  readonly configuration_set?: string | undefined;
}

const region = z
  .string({ error: ({ input }) => (input === undefined ? "Is required." : "Must be text.") })
  .check(({ value, issues }) => {
    const refuse = (message: string) => issues.push({ code: "custom", input: value, message });
    if (/\.amazonaws\./.test(value)) refuse("Is a host: enter only the region in it, such as eu-central-1.");
    else if (/^[a-z-]+-\d[a-z]$/.test(value))
      refuse("Is an availability zone: leave out the letter at its end.");
    else if (!/^[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}$/.test(value)) {
      refuse("Must be the name of a region as AWS writes it, such as eu-central-1.");
    }
  })
  .meta({
    title: "Region",
    description:
      "Where your domain is verified in SES. It stands at the top right of the console, and in its address.",
    examples: ["eu-central-1", "us-east-1"],
  });

export const amazonSesConfig: ConfigSchema<AmazonSesConfig> = z.strictObject({
  region,
  username: accessField({
    title: "SMTP user name",
    description: "Amazon SES > SMTP settings > Create SMTP credentials. It begins with AKIA.",
    example: "AKIAIOSFODNN7EXAMPLE",
    lookAlikes: [
      [
        /^ASIA/,
        "Is a temporary access key, for which there is no SMTP password: create SMTP credentials in SES.",
      ],
      [
        /^ses-smtp-user\b/i,
        "Is the name of the IAM user: the SMTP user name stands beside it, and begins with AKIA.",
      ],
      [/^arn:/, "Is an ARN: the SMTP user name begins with AKIA."],
      [/@/, "Is an e-mail address: the SMTP user name begins with AKIA."],
    ],
  }),
  password: accessField({
    title: "SMTP password",
    description:
      "Shown once, beside the SMTP user name. It works in the region in which it was made, and in no other.",
    lookAlikes: [
      [
        /^[A-Za-z\d+/]{40}$/,
        "Has the 40 characters of an AWS secret access key, which is not an SMTP password (44 characters): create SMTP credentials in SES.",
      ],
      [
        /^A(?:KIA|SIA)[A-Z\d]{16}$/,
        "Is an access key id, the user name: the SMTP password stands beside it.",
      ],
    ],
  }),
  configuration_set: z
    .string()
    .regex(/^[\w-]{1,64}$/, "Must have 1 to 64 letters, digits, _ or -.")
    .optional()
    .meta({
      title: "Configuration set",
      description: "Publishes what became of the mail. Leave it empty if your domain has a default one.",
    }),
});
