import type { ConfigSchema } from "@getfluxly/email-core";
import { accessField } from "@getfluxly/email-custom-smtp/preset";
import * as z from "zod";

/** What a user writes, in the words of Brevo's page. */
export interface BrevoConfig {
  /** The SMTP login: `<digits>@smtp-brevo.com`, or the account's address where the account is old. */
  readonly login: string;
  /** An SMTP key, `xsmtpsib-...`. */
  readonly smtp_key: string;
}

const wherever = "SMTP & API > SMTP";

/** Keys made before there were prefixes have none, so a key without one is let through. */
export const brevoConfigSchema: ConfigSchema<BrevoConfig> = z.strictObject({
  login: accessField({
    title: "SMTP login",
    description: `Shown as Login under ${wherever}.`,
    example: "9f8e7d001@smtp-brevo.com",
    lookAlikes: [
      [/^xsmtpsib-/i, "Is an SMTP key, which belongs into the field for it: enter the Login beside it."],
      [/^xkeysib-/i, "Is an API key, which cannot log in to SMTP: enter the Login of the SMTP page."],
      [
        /^[^@\s]+\.(?:brevo|sendinblue)\.com$/i,
        "Is a host name, which is known already: enter the Login of the SMTP page.",
      ],
      [/^[^@]*$/, "Has no @: the Login looks like an e-mail address."],
    ],
  }),
  smtp_key: accessField({
    title: "SMTP key",
    description: `Under ${wherever}, shown once when it is made. Not the API key.`,
    example: "xsmtpsib-...",
    lookAlikes: [
      [
        /^xkeysib-/i,
        `Is an API key, which cannot log in to SMTP: generate an SMTP key, which begins with xsmtpsib-, under ${wherever}.`,
      ],
      [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "Is an e-mail address, perhaps the login: enter the SMTP key."],
      [
        /^[^@\s]+\.(?:brevo|sendinblue)\.com$/i,
        "Is a host name, which is known already: enter the SMTP key.",
      ],
    ],
  }),
});
