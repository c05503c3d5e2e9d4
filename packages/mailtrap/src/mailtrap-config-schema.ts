import { accessField } from "@getfluxly/email-custom-smtp/preset";
import * as z from "zod";

export type MailtrapConfigSchema = typeof mailtrapConfigSchema;

export const mailtrapConfigSchema = z.strictObject({
  api_token: accessField({
    title: "API token",
    description: "With admin permission on the sending domain.",
    lookAlikes: [
      [
        /^[0-9a-f]{14}$/i,
        "Is a user name or password of a sandbox inbox, which delivers to nobody: use the API token of the sending domain.",
      ],
      [
        /^(?:api|smtp@mailtrap\.io)$/i,
        "Is the user name, which is the same for everybody and not asked for: enter the API token.",
      ],
      [/^[^@\s]+@[^@\s]+$/, "Is an e-mail address: enter the API token of the sending domain."],
      [
        /(?:^|\.)mailtrap\.io$/i,
        "Is a host name, which is known already: enter the API token of the sending domain.",
      ],
    ],
  }),
  sending_stream: z
    .enum(["transactional", "bulk"], { error: "Must be transactional or bulk." })
    .default("transactional")
    .meta({
      title: "Stream",
      description:
        "Bulk is for marketing: Mailtrap adds an unsubscribe link there. Each has a suppression list of its own.",
    }),
});
