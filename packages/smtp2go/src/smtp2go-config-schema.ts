import type { ConfigSchema } from "@getfluxly/email-core";
import { accessField } from "@getfluxly/email-custom-smtp/preset";
import * as z from "zod";

export interface Smtp2goConfig {
  /** `nearest` is the nearest to where the connection comes from. */
  readonly region: "nearest" | "us" | "eu" | "au";
  /** Of an SMTP user, which is made for this purpose; any text. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
}

/** What a user writes: `region` is `nearest` unless it is given. */
export interface Smtp2goConfigInput extends Omit<Smtp2goConfig, "region"> {
  readonly region?: Smtp2goConfig["region"] | undefined;
}

const apiKey = /^api-[0-9a-z]{32}$/i;
const host = /^[^@\s]+\.smtp2go\.com$/i;

export const smtp2goConfigSchema: ConfigSchema<Smtp2goConfigInput, Smtp2goConfig> = z.strictObject({
  region: z
    .enum(["nearest", "us", "eu", "au"], { error: "Must be nearest, us, eu or au." })
    .default("nearest")
    .meta({ title: "Region", description: "Where mail is processed. Users are the same in all of them." }),
  username: accessField({
    title: "SMTP user",
    description: "Under Sending > SMTP Users. Not the login of the website.",
    lookAlikes: [
      [apiKey, "Is an API key, which cannot log in to SMTP: enter the name of an SMTP user."],
      [host, "Is a host name, which is known already: enter the name of an SMTP user."],
    ],
  }),
  password: accessField({
    title: "SMTP user's password",
    description: "Under Sending > SMTP Users, beside the user.",
    lookAlikes: [
      [apiKey, "Is an API key, which cannot log in to SMTP: enter the password of the SMTP user."],
      [host, "Is a host name, which is known already: enter the password of the SMTP user."],
    ],
  }),
});
