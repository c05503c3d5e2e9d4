import type { OpenOptions, Sender } from "@getfluxly/email-core";
import { describeProvider } from "@getfluxly/email-core";
import { readJsonFile } from "../command-line/read-json-file.js";
import { readNumber } from "../command-line/read-number.js";
import { readTextFile } from "../command-line/read-text-file.js";
import type { Terminal } from "../terminal/terminal.js";
import { completeSettings } from "./complete-settings.js";
import { type LoadedRelay, loadRelay } from "./load-relay.js";
import { readGivenSecrets } from "./read-given-secrets.js";
import type { SettingsValues } from "./settings-options.js";
import { toNamedSettings } from "./to-named-settings.js";
import { warnOfOpenFile } from "./warn-of-open-file.js";

export interface RelaySettings extends LoadedRelay {
  readonly options: OpenOptions<Readonly<Record<string, unknown>>> & { readonly sender: Sender };
  readonly timeoutMs: number;
}

/** The fields of a stored provider that are no settings of its relay. */
const ownFields = ["provider", "display_name", "from_email", "from_name", "reply_to"];

/** Relay, sender and settings from options, file, environment and, on a terminal, questions. Options win over the file. */
export async function readSettings(values: SettingsValues, terminal: Terminal): Promise<RelaySettings> {
  const file = values.config === undefined ? {} : await readJsonFile(values.config);
  const relay = await loadRelay({
    relay: values.relay ?? toText(file.provider),
    connector: values.connector,
  });
  const { form, secretFields } = describeProvider(relay.definition);
  const fields = Object.keys(Object(form.properties));
  const config: Record<string, unknown> = Object.fromEntries(
    Object.entries(file).filter(([name]) => !ownFields.includes(name)),
  );
  Object.assign(config, toNamedSettings(values, fields, secretFields));
  Object.assign(config, await readGivenSecrets(values, secretFields, config, terminal));
  const sender = {
    from_email: values.from ?? toText(file.from_email) ?? "",
    from_name: values["from-name"] ?? toText(file.from_name),
    reply_to: values["reply-to"] ?? toText(file.reply_to),
  };
  if (values.config !== undefined && secretFields.some((name) => file[name] !== undefined)) {
    await warnOfOpenFile(values.config, terminal);
  }
  const complete = await completeSettings({ definition: relay.definition, form, config, sender, terminal });
  const timeoutMs = (readNumber("timeout", values.timeout, [1, 600]) ?? 30) * 1000;
  const authorities = await Promise.all((values.ca ?? []).map(readTextFile));
  return {
    ...relay,
    timeoutMs,
    options: {
      ...complete,
      context: {
        certificateAuthorities: authorities,
        ...(values["client-name"] !== undefined && { clientName: values["client-name"] }),
        // This machine's networks are its user's own.
        permitsAddress: values["public-only"] ? undefined : () => true,
      },
    },
  };
}

function toText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
