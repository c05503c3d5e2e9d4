import {
  type Config,
  type ConfigSchema,
  type DiagnoseOptions,
  type Diagnosis,
  type DiagnosisEvent,
  EmailError,
  type ProviderContext,
} from "@getfluxly/email-core";
import { diagnose } from "../diagnosis/diagnose.js";
import { readSettings } from "../diagnosis/read-settings.js";
import { isUnreachable, toPortRemedy } from "./port-remedy.js";
import type { Preset, PresetConnection, PresetOptions } from "./preset.js";
import { toRelayHeaders } from "./to-relay-headers.js";

type Diagnosable<Schema extends ConfigSchema, MessageOptions extends object = Record<never, never>> = Omit<
  Preset<string, Schema, never, MessageOptions>,
  "webhook"
>;

type Words = Pick<
  Diagnosable<ConfigSchema>,
  "credentialSteps" | "displayName" | "documentationUrl" | "replies"
>;

/** The diagnosis of the SMTP connector, with a preset's form in front and its words behind. */
export async function* diagnosePreset<Schema extends ConfigSchema, MessageOptions extends object>(
  preset: Diagnosable<Schema, MessageOptions>,
  override: PresetOptions["connection"],
  settings: unknown,
  context: ProviderContext,
  options: DiagnoseOptions,
): AsyncGenerator<DiagnosisEvent, void, undefined> {
  const result = await preset.configSchema["~standard"].validate(settings);
  // The schema has just made the config that the preset takes.
  const config = result.issues ? undefined : (result.value as Config<Schema>);
  const own = config === undefined ? undefined : preset.connection(config);
  const connection = { ...own, ...override, fallbackPorts: override ? [] : own?.fallbackPorts };
  yield* diagnose(toSmtp(connection), context, options, {
    fallbackPorts: connection.fallbackPorts,
    ...(config !== undefined && {
      sending: {
        headersOf: (message) => toRelayHeaders(preset, message, config),
        findRelayMessageId: (text) => preset.relayMessageId?.exec(text)?.[1],
      },
    }),
    async read(mapped, ...more) {
      const checked = await readSettings(mapped, ...more);
      if (!result.issues) return checked;
      const issues = result.issues.map(({ path = [], message }) => ({
        path: path.map((it) => String(typeof it === "object" ? it.key : it)).join("."),
        message,
      }));
      const named = issues.map(({ path, message }) => `${path}: ${message}`).join(" ");
      const failure = new EmailError({
        code: "config-invalid",
        message: `Invalid config. ${named}`,
        stage: "config",
        issues,
      });
      return { observed: checked.observed, password: "", warnings: [], failure };
    },
    refine: (diagnosis, failure) => refine(diagnosis, failure, preset, connection),
  });
}

function toSmtp({ host, port, tlsMode, username, password }: Partial<PresetConnection>) {
  return { smtp_host: host, smtp_port: port, smtp_secure: tlsMode, username, password };
}

/** What the preset knows better: what a refusal means here, and where its credentials are. Its form has no port to change. */
function refine(
  { suggestedPatch: _ofAnotherForm, ...diagnosis }: Diagnosis,
  failure: EmailError,
  { credentialSteps, displayName, documentationUrl, replies = [] }: Words,
  { host = "", port = 0, fallbackPorts }: Partial<PresetConnection>,
): Diagnosis {
  const links = [{ title: displayName, url: documentationUrl }, ...diagnosis.links];
  const words = failure.reply ? `${failure.reply.code} ${failure.reply.text}` : "";
  const known = words === "" ? undefined : replies.find(({ pattern }) => pattern.test(words));
  if (known) {
    const { actor, retryable } = new EmailError({ code: known.code, message: "", stage: failure.stage });
    return { ...diagnosis, links, actor, retryable, steps: [known.remedy] };
  }
  if (failure.code === "config-invalid") {
    return { ...diagnosis, ruleId: "config.invalid", links, cause: failure.message, steps: credentialSteps };
  }
  // There is no port in the form to change.
  if (isUnreachable(failure))
    return { ...diagnosis, links, steps: [toPortRemedy({ host, port, fallbackPorts })] };
  if (diagnosis.ruleId === "auth.invalid") return { ...diagnosis, links, steps: credentialSteps };
  return { ...diagnosis, links };
}
