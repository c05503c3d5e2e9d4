import { readNumber } from "../command-line/read-number.js";
import { UsageError } from "../command-line/usage-error.js";
import type { SettingsValues } from "./settings-options.js";

const ports = { starttls: 587, ssl: 465, none: 25 } as const;

/** The options as settings under their wire names. Port and TLS mode follow from each other where one is left out. */
export function toNamedSettings(
  values: SettingsValues,
  fields: readonly string[],
  secretFields: readonly string[],
): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  const port = readNumber("port", values.port, [1, 65_535]);
  const short = {
    smtp_host: values.host,
    smtp_port: port,
    smtp_secure: values.secure,
    username: values.user,
  };
  for (const [name, value] of Object.entries(short)) {
    if (value === undefined) continue;
    if (!fields.includes(name)) throw unknownField(name, fields);
    settings[name] = value;
  }
  if (fields.includes("smtp_port") && values.host !== undefined) {
    const secure = values.secure ?? (port === 465 ? "ssl" : "starttls");
    settings.smtp_secure ??= secure;
    if (Object.hasOwn(ports, secure)) settings.smtp_port ??= ports[secure as keyof typeof ports];
  }
  for (const pair of values.set ?? []) {
    const [, name, text = ""] = /^([a-z0-9_]+)=([\s\S]*)$/i.exec(pair) ?? [];
    if (name === undefined)
      throw new UsageError("--set takes NAME=VALUE.", "For example --set region=eu-central-1.");
    if (secretFields.includes(name)) {
      throw new UsageError(
        `${name} is a secret, and the command line can be read by others.`,
        "Use --password-stdin, --password-file FILE, the environment or --config FILE.",
      );
    }
    if (!fields.includes(name)) throw unknownField(name, fields);
    settings[name] = text;
  }
  return settings;
}

function unknownField(name: string, fields: readonly string[]): UsageError {
  return new UsageError(`This relay has no setting ${name}.`, `It has ${fields.join(", ")}.`);
}
