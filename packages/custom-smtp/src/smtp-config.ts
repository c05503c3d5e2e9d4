import { isIP } from "node:net";
import type { ConfigSchema } from "@getfluxly/email-core";
import * as z from "zod";

/** What a user writes; the wire names, one spelling everywhere. */
export interface SmtpConfigInput {
  /** A host name, or an IP address. */
  readonly smtp_host: string;
  readonly smtp_port: number;
  /** `starttls` (587) and `ssl` (465) are TLS or nothing; `none` is for in-house relays on an allowed network. */
  readonly smtp_secure: "starttls" | "ssl" | "none";
  /** May be left out, together with the password, only with `none`. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** After checks and defaults. */
export interface SmtpConfig {
  readonly smtp_host: string;
  readonly smtp_port: number;
  readonly smtp_secure: "starttls" | "ssl" | "none";
  /** Empty: no login. */
  readonly username: string;
  readonly password: string;
}

/** A field that is left out needs another sentence than one that is wrong. */
const unlessGiven = (message: string) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? "Is required." : message),
});

const credential = z
  .string(unlessGiven("Must be text."))
  .max(1_000, "Must have at most 1000 characters.")
  // NUL separates the parts of AUTH PLAIN (RFC 4616).
  .refine((value) => !/[\0\r\n]/.test(value), "Must not contain line breaks or NUL.")
  .default("");

/** The settings of a custom SMTP relay. Prints itself as JSON Schema; refuses unknown keys. */
export const smtpConfigSchema: ConfigSchema<SmtpConfigInput, SmtpConfig> = z
  .strictObject({
    smtp_host: z
      .string(unlessGiven("Must be text."))
      .min(1, "Is required.")
      .max(253, "Must have at most 253 characters.")
      .refine(isHost, "Must be a host name such as smtp.example.com, without scheme, port or blanks.")
      .meta({ title: "SMTP host", examples: ["smtp.example.com"] }),
    smtp_port: z
      .int(unlessGiven("Must be a whole number such as 587, without quotes."))
      .min(1, "Must be a port between 1 and 65535; 587 is usual.")
      .max(65535, "Must be a port between 1 and 65535; 587 is usual.")
      .meta({ title: "Port", examples: [587, 465, 2525, 25] }),
    smtp_secure: z
      .enum(
        ["starttls", "ssl", "none"],
        unlessGiven('Must be "starttls" (port 587), "ssl" (port 465) or "none".'),
      )
      .meta({
        title: "Encryption",
        description:
          "starttls: encrypts after connecting (587). ssl: encrypts at once (465). none: in-house relays on a trusted network only.",
      }),
    username: credential.meta({ title: "User name" }),
    password: credential.meta({ title: "Password" }),
  })
  .check(({ value, issues }) => {
    const refuse = (field: keyof SmtpConfigInput, message: string) =>
      issues.push({ code: "custom", input: value, path: [field], message });
    if (value.smtp_port === 465 && value.smtp_secure === "starttls") {
      refuse(
        "smtp_secure",
        'Port 465 speaks TLS at once: use smtp_secure "ssl", or port 587 with "starttls".',
      );
    }
    if (value.smtp_port === 587 && value.smtp_secure === "ssl") {
      refuse("smtp_secure", 'Port 587 starts in clear: use smtp_secure "starttls", or port 465 with "ssl".');
    }
    const noLogin = value.username === "" && value.password === "";
    if (value.smtp_secure === "none" && noLogin) return;
    const hint =
      value.smtp_secure === "none" ? "Give both user name and password, or neither." : "Is required.";
    if (value.username === "") refuse("username", hint);
    if (value.password === "") refuse("password", hint);
  });

/**
 * Letters, digits, hyphens and dots (and underscores, which some in-house names have), or an IP address in its usual
 * form. A name that ends in a number is refused, since resolvers read 127.1 or 0x7f.1 as addresses.
 */
function isHost(host: string): boolean {
  if (isIP(host) !== 0) return !host.includes("%");
  const labels = host.replace(/\.$/, "").split(".");
  const last = labels.at(-1) ?? "";
  return (
    labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i.test(label)) &&
    !/^(?:\d+|0x[\da-f]*)$/i.test(last)
  );
}
