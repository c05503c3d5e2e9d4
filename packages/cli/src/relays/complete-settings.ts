import type { AnyProviderDefinition, Sender } from "@getfluxly/email-core";
import { UsageError } from "../command-line/usage-error.js";
import { ask } from "../terminal/ask.js";
import type { Terminal } from "../terminal/terminal.js";

interface Incomplete {
  readonly definition: AnyProviderDefinition;
  /** JSON Schema. */
  readonly form: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly sender: Sender;
  readonly terminal: Terminal;
}

const flags: Readonly<Record<string, string>> = {
  from_email: "--from",
  smtp_host: "--host",
  smtp_port: "--port",
  smtp_secure: "--secure",
  username: "--user",
};

/** Asks for what is missing where a person sits at a terminal; else names all of it at once. What is wrong stays as it is. */
export async function completeSettings({ definition, form, config, sender, terminal }: Incomplete) {
  const missing = await findMissing(definition, config);
  const needsSender = sender.from_email === "";
  if (missing.length === 0 && !needsSender) return { config, sender };
  if (terminal.input.isTTY !== true || terminal.errors.isTTY !== true) {
    const wanted = [...(needsSender ? ["from_email"] : []), ...missing].map((field) =>
      toFlag(field, definition.secretFields),
    );
    throw new UsageError(
      `Missing: ${wanted.join(", ")}.`,
      "On a terminal they would be asked for; `--config FILE` can hold them, too.",
    );
  }
  const properties: Readonly<Record<string, unknown>> = Object(form.properties);
  const answers: Record<string, unknown> = {};
  for (const field of missing) {
    const isSecret = definition.secretFields.includes(field);
    const { title = field, type } = Object(properties[field]);
    const answer = await ask(terminal, `${title}${isSecret ? " (not shown)" : ""}: `, isSecret);
    answers[field] = type === "integer" || type === "number" ? Number(answer) : answer;
  }
  const from = needsSender ? await ask(terminal, "From address: ", false) : sender.from_email;
  return { config: { ...config, ...answers }, sender: { ...sender, from_email: from } };
}

/** Fields that the schema complains about and that nobody gave. */
async function findMissing(definition: AnyProviderDefinition, config: Readonly<Record<string, unknown>>) {
  const result = await definition.configSchema["~standard"].validate(config);
  const fields = (result.issues ?? []).map(({ path: [first] = [] }) =>
    String(typeof first === "object" ? first.key : first),
  );
  return [...new Set(fields)].filter((field) => field !== "undefined" && config[field] === undefined);
}

function toFlag(field: string, secretFields: readonly string[]): string {
  if (secretFields.includes(field))
    return `${field} (--password-stdin, --password-file or GETFLUXLY_EMAIL_${field.toUpperCase()})`;
  return flags[field] ?? `--set ${field}=...`;
}
