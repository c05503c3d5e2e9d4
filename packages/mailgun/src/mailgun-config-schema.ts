import type { ConfigSchema } from "@getfluxly/email-core";
import { accessField } from "@getfluxly/email-custom-smtp/preset";
import * as z from "zod";

export interface MailgunConfig {
  /** Where the sending domain was added. */
  readonly region: "us" | "eu";
  /** An SMTP user of the sending domain, in full, such as `postmaster@mg.example.com`. */
  readonly username: string;
  /** That user's SMTP password. */
  readonly password: string;
}

/** What a user writes: `region` is `us` unless it is given. */
export interface MailgunConfigInput extends Omit<MailgunConfig, "region"> {
  readonly region?: MailgunConfig["region"] | undefined;
}

const apiKey =
  "Is an API key or signing key, which cannot log in to SMTP: use the password of an SMTP user of the sending domain.";

/**
 * No pattern for the newer API keys (32-8-8 hexadecimal digits): a password may look the same, so the steps name them when the
 * relay refuses a login.
 */
export const mailgunConfigSchema: ConfigSchema<MailgunConfigInput, MailgunConfig> = z.strictObject({
  region: z
    .enum(["us", "eu"], { error: "Must be us or eu: where the sending domain was added." })
    .default("us")
    .meta({ title: "Region", description: "Where the sending domain was added. Each has users of its own." }),
  username: accessField({
    title: "SMTP user",
    description: "Of the sending domain, in full.",
    example: "postmaster@mg.yourdomain.com",
    lookAlikes: [
      [/^key-[0-9a-z]{32}$/i, apiKey],
      [/^(?:api|apikey)$/i, "Is the user of the HTTP API: use postmaster@ and your sending domain."],
      [/%40/, "Has %40, as in a URL: write @."],
      [/^[^@]*$/, "Has no @: write it in full, usually postmaster@ and the sending domain."],
    ],
  }),
  password: accessField({
    title: "SMTP password",
    description: "Of this user: Domain settings > SMTP credentials > Reset password.",
    lookAlikes: [
      [/^(?:key|pubkey)-[0-9a-z]{32}$/i, apiKey],
      [/^[^@\s]+@[^@\s]+\.[^@\s]+:/, "Is user and password in one: enter only what follows the colon."],
    ],
  }),
});
