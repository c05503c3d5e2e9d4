import { readTextFile } from "../command-line/read-text-file.js";
import { UsageError } from "../command-line/usage-error.js";
import { readAll } from "../terminal/read-all.js";
import type { Terminal } from "../terminal/terminal.js";
import type { SettingsValues } from "./settings-options.js";

/** Secrets from stdin, a file or the environment, by field. The ending line break of a file is not part of one. */
export async function readGivenSecrets(
  values: Pick<SettingsValues, "password-stdin" | "password-file">,
  secretFields: readonly string[],
  known: Readonly<Record<string, unknown>>,
  terminal: Pick<Terminal, "input" | "env">,
): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {};
  for (const field of secretFields) {
    const value = terminal.env[`GETFLUXLY_EMAIL_${field.toUpperCase()}`];
    if (value !== undefined && value !== "" && known[field] === undefined) secrets[field] = value;
  }
  const main = secretFields.includes("password") ? "password" : secretFields[0];
  if (main === undefined) return secrets;
  const common = terminal.env.GETFLUXLY_EMAIL_PASSWORD;
  if (common !== undefined && common !== "" && known[main] === undefined) secrets[main] ??= common;
  if (values["password-stdin"] && values["password-file"] !== undefined) {
    throw new UsageError("--password-stdin and --password-file exclude each other.");
  }
  if (values["password-file"] !== undefined)
    secrets[main] = trimEnd(await readTextFile(values["password-file"]));
  if (values["password-stdin"]) secrets[main] = trimEnd(await readAll(terminal.input));
  return secrets;
}

const trimEnd = (text: string): string => text.replace(/\r?\n$/, "");
