import type { ConfigSchema } from "@getfluxly/email-core";
import { accessField } from "@getfluxly/email-custom-smtp/preset";
import * as z from "zod";

/** What a user writes. */
export interface SendGridConfig {
  /** With the permission Mail Send. */
  readonly api_key: string;
  /** `eu` for a key of a subuser that is pinned to the EU. Default `global`. */
  readonly region?: "global" | "eu" | undefined;
}

export type SendGridConfigSchema = ConfigSchema<
  SendGridConfig,
  { readonly api_key: string; readonly region: "global" | "eu" }
>;

export const sendgridConfigSchema: SendGridConfigSchema = z.strictObject({
  api_key: accessField({
    title: "API key",
    description: "Settings > API Keys, with the permission Mail Send. It begins with SG. and is shown once.",
    lookAlikes: [
      [
        /@/,
        "Is an e-mail address: SendGrid wants an API key. The user name is always apikey, and is filled in.",
      ],
      [/^apikey$/i, "Is the user name, which is filled in: enter the API key, which begins with SG."],
      [/\s/, "Has a blank in it: copy the key again, in one piece."],
      [
        /^SG\.[\w-]{22}\.?$/,
        "Is only the beginning of an API key: copy it to its end, 69 characters in all.",
      ],
      [
        /^[\w-]{22}$/,
        "Is the ID of an API key, as the list of keys shows it: the key itself begins with SG. and is shown once. Create another.",
      ],
      [
        /^(?:AC|SK)[0-9a-f]{32}$/,
        "Is a SID of Twilio, which has accounts of its own: SendGrid's API keys begin with SG.",
      ],
    ],
  }),
  region: z
    .enum(["global", "eu"], { error: "Must be global or eu: where the API key is from." })
    .default("global")
    .meta({ title: "Region", description: "eu only for an API key of a subuser that is pinned to the EU." }),
});
