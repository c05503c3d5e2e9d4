import type { AnyProviderDefinition } from "@getfluxly/email-core";

/** A definition, which is that of a preset or not, and the name of its page. */
type Connector = AnyProviderDefinition & {
  readonly page: string;
  readonly preset?: {
    readonly limits: {
      readonly recipients?: number | undefined;
      readonly messageBytes?: number | undefined;
    };
  };
};

/** What every connector can do, as a page: only what stands in their definitions. */
export function toMatrix(connectors: readonly Connector[]): string {
  return `# Connectors

Written by \`pnpm docs:connectors\` from the definitions of the connectors that come with the host. Each name leads to its page, from sign-up to a working bounce.

## What you give

${toTable(["connector", "id", "needed", "may be set"], connectors.map(toFormRow))}

## What a message may have

What is beyond is refused before anything is sent. An empty limit is that of [every message](../../packages/core/src/message/message-limits.ts), or what the relay announces.

${toTable(["connector", "tags", "metadata", "recipients", "bytes, encoded"], connectors.map(toLimitRow))}

## What comes back

${toTable(["connector", "webhook", "settings of the webhook"], connectors.map(toWebhookRow))}

## DNS of the sending domain

\`<...>\` is what the relay shows you. The SPF include is merged into the record that you have.

${toTable(["connector", "SPF include", "DKIM", "return path", "read on"], connectors.flatMap(toDnsRow))}
`;
}

function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const toLink = ({ displayName, page }: Connector) => `[${displayName}](${page})`;
const toCode = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

interface Form {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

function readForm({ configSchema }: Pick<Connector, "configSchema">): {
  needed: string[];
  optional: string[];
} {
  const form: Form = configSchema["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  const fields = Object.keys(form.properties ?? {});
  const isNeeded = (name: string) => form.required?.includes(name) === true;
  return { needed: fields.filter(isNeeded), optional: fields.filter((name) => !isNeeded(name)) };
}

function toFormRow(connector: Connector): string[] {
  const { needed, optional } = readForm(connector);
  return [toLink(connector), `\`${connector.id}\``, toCode(needed), toCode(optional)];
}

const toCount = (capability: false | { readonly maxCount?: number | undefined }) =>
  capability === false ? "none" : (capability.maxCount?.toString() ?? "");

function toLimitRow(connector: Connector): string[] {
  const { tags, metadata } = connector.capabilities;
  const { recipients, messageBytes } = connector.preset?.limits ?? {};
  return [
    toLink(connector),
    toCount(tags),
    toCount(metadata),
    recipients?.toString() ?? "",
    messageBytes?.toLocaleString("en-US") ?? "",
  ];
}

function toWebhookRow(connector: Connector): string[] {
  const { id, webhook } = connector;
  if (!webhook) return [toLink(connector), "none", ""];
  const { needed, optional } = readForm(webhook);
  return [toLink(connector), `\`/webhooks/${id}/\``, toCode([...needed, ...optional])];
}

function toDnsRow(connector: Connector): string[][] {
  if (!connector.domainRecords) return [];
  const { spf, dkim, returnPath, verifiedOn } = connector.domainRecords;
  const toRecord = ({ type, host, value }: { type: string; host: string; value?: string | undefined }) =>
    `${type} \`${host}\`${value === undefined ? "" : ` to \`${value}\``}`;
  const need = { required: "needed", conditional: "sometimes needed", legacy: "not needed" };
  const row = [
    toLink(connector),
    spf ? `\`${spf.include}\`, ${need[spf.need]}` : "none",
    dkim.map(toRecord).join(", "),
    returnPath ? toRecord(returnPath) : "",
    verifiedOn,
  ];
  return [row];
}
