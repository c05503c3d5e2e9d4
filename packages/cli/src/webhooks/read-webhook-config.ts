import type { AnyWebhookDefinition } from "@getfluxly/email-core";
import { readJsonFile } from "../command-line/read-json-file.js";
import { UsageError } from "../command-line/usage-error.js";
import { readGivenSecrets } from "../relays/read-given-secrets.js";
import type { SettingsValues } from "../relays/settings-options.js";
import type { Terminal } from "../terminal/terminal.js";

/** The settings of a webhook: of a file, or one secret, which fields that hold several take as the only one. */
export async function readWebhookConfig(
  { configSchema, secretFields }: AnyWebhookDefinition,
  values: Pick<SettingsValues, "config" | "password-stdin" | "password-file">,
  terminal: Terminal,
): Promise<unknown> {
  const file = values.config === undefined ? {} : await readJsonFile(values.config);
  const secrets = await readGivenSecrets(values, secretFields, file, terminal);
  const lists = Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, [secret]]));
  for (const config of [
    { ...file, ...lists },
    { ...file, ...secrets },
  ]) {
    const result = await configSchema["~standard"].validate(config);
    if (!result.issues) return result.value;
  }
  const wrong = await configSchema["~standard"].validate({ ...file, ...lists });
  const told = (wrong.issues ?? []).map(
    ({ path = [], message }) =>
      `${path.map((each) => String(typeof each === "object" ? each.key : each)).join(".")}: ${message}`,
  );
  throw new UsageError(
    `The settings of this webhook are not complete: ${told.join(" ")}`,
    "Give its secret with --password-stdin, --password-file or GETFLUXLY_EMAIL_PASSWORD, or all of them with --config FILE. --unverified reads without proof.",
  );
}
