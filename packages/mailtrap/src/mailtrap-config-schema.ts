import type { ConfigSchema } from "@getfluxly/email-core";
import { accessField } from "@getfluxly/email-custom-smtp/preset";
import * as z from "zod";

export interface MailtrapConfig {
  /** With admin permission on the sending domain. */
  readonly api_token: string;
  /** Which host, reputation and suppression list. */
  readonly sending_stream: "transactional" | "bulk";
}

/** What a user writes: `sending_stream` is `transactional` unless it is given. */
export interface MailtrapConfigInput extends Pick<MailtrapConfig, "api_token"> {
  readonly sending_stream?: MailtrapConfig["sending_stream"] | undefined;
}

export const mailtrapConfigSchema: ConfigSchema<MailtrapConfigInput, MailtrapConfig> = z.strictObject({
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
