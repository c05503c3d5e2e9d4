import * as z from "zod";
import { parseConfig } from "../config/index.js";
import {
  type AnyProviderDefinition,
  type BatchEmailProvider,
  defaultCapabilities,
  type EmailProvider,
  type ManagedProvider,
  type ProviderContext,
} from "../contract/index.js";
import { defineProvider } from "../provider/index.js";
import { createProviderRegistry } from "./index.js";

// Every @ts-expect-error is a mistake that must not compile. The file is checked by tsc and never run.

declare const provider: EmailProvider;
declare const batchProvider: BatchEmailProvider;
declare const context: ProviderContext;

const smtp = defineProvider({
  id: "smtp",
  displayName: "Custom SMTP",
  configSchema: z.strictObject({
    smtp_host: z.string(),
    smtp_port: z.int(),
    smtp_secure: z.enum(["starttls", "ssl", "none"]),
    username: z.string(),
    password: z.string(),
  }),
  secretFields: ["password"],
  capabilities: { ...defaultCapabilities, batch: {} },
  create(config, context) {
    config.smtp_secure satisfies "starttls" | "ssl" | "none";
    context.sender.from_email satisfies string;
    // @ts-expect-error no such setting
    config.host;
    return batchProvider;
  },
});

const http = defineProvider({
  id: "acme.http",
  displayName: "Acme",
  configSchema: z.strictObject({ api_key: z.string(), region: z.enum(["eu", "us"]).default("eu") }),
  secretFields: ["api_key"],
  capabilities: defaultCapabilities,
  create: async (config) => {
    config.region satisfies "eu" | "us";
    return provider;
  },
  webhook: {
    configSchema: z.strictObject({ secrets: z.array(z.string()) }),
    secretFields: ["secrets"],
    load: async () => ({
      specificationVersion: "v1",
      answers: { received: 200, refused: 401, unavailable: 503 },
      verify: async (_request, { config }) => {
        config.secrets satisfies string[];
        return { proof: "signature" };
      },
      parse: async () => ({ events: [], failures: [] }),
    }),
  },
});

const union = defineProvider({
  id: "u",
  displayName: "Union",
  configSchema: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("a"), token: z.string() }),
    z.strictObject({ kind: z.literal("b"), user: z.string(), pass: z.string() }),
  ]),
  secretFields: ["token", "pass"],
  capabilities: defaultCapabilities,
  create: (config) => {
    if (config.kind === "a") config.token satisfies string;
    return provider;
  },
});

const plain = { displayName: "Plain", capabilities: defaultCapabilities, create: () => provider };

defineProvider({
  ...plain,
  id: "misspelt-secret",
  configSchema: z.strictObject({ api_key: z.string() }),
  // @ts-expect-error misspelt secret
  secretFields: ["api_kye"],
});
defineProvider({
  ...plain,
  id: "missing-batch",
  configSchema: z.strictObject({ key: z.string() }),
  secretFields: ["key"],
  capabilities: { ...defaultCapabilities, batch: {} },
  // @ts-expect-error batch promised, sendBatch missing
  create: () => provider,
});
defineProvider({
  ...plain,
  id: "reserved",
  // @ts-expect-error reserved name
  configSchema: z.strictObject({ from_email: z.string() }),
  secretFields: [],
});
defineProvider({
  ...plain,
  id: "version",
  configSchema: z.strictObject({ key: z.string() }),
  secretFields: ["key"],
  // @ts-expect-error the version is stamped, not given
  specificationVersion: "v1",
});

const registry = createProviderRegistry({
  smtp,
  "acme.http": http,
  u: union,
  postmark: () => import("./__fixtures__/postmark.js"),
});
// @ts-expect-error id and key differ
createProviderRegistry({ wrong: smtp });
// @ts-expect-error id and key differ behind a loader
createProviderRegistry({ sendgrid: () => import("./__fixtures__/postmark.js") });

const sender = { from_email: "hello@example.com" };
const config = {
  smtp_host: "h",
  smtp_port: 587,
  smtp_secure: "starttls",
  username: "u",
  password: "p",
} as const;

export async function use(row: { id: string; config: unknown }, name?: string) {
  await using opened: ManagedProvider<"smtp"> = await registry.open("smtp", { sender, config });
  opened.providerId satisfies "smtp";
  await opened.send({ to: [{ address: "a@example.com", name }], subject: "s", text: "t" });
  for await (const outcome of opened.sendBatch([{ to: [{ address: "a@example.com" }], subject: "s" }])) {
    if (outcome.status === "failed") outcome.failure.certainty satisfies "not_sent" | "unknown";
    else outcome.receipt.accepted satisfies readonly string[];
  }
  // @ts-expect-error a message has no `from`: the sender belongs to the provider
  await opened.send({ to: [], subject: "s", from: { address: "a@example.com" } });

  await registry.open("postmark", { sender, config: { server_token: "t" } });
  // @ts-expect-error misspelt key
  await registry.open("postmark", { sender, config: { server_tokn: "t" } });
  // @ts-expect-error unknown id
  await registry.open("postmrk", { sender, config: { server_token: "t" } });
  await registry.open("u", { sender, config: { kind: "b", user: "u", pass: "p" } });
  // @ts-expect-error of the other member
  await registry.open("u", { sender, config: { kind: "b", token: "t" } });
  // @ts-expect-error wrong word
  await registry.open("smtp", { sender, config: { ...config, smtp_secure: "tls" } });
  // @ts-expect-error misspelt sender
  await registry.open("smtp", { sender: { form_email: "a@example.com" }, config });
  await registry.openDynamic(row.id, { sender, config: row.config });

  const parsed = await parseConfig(smtp, row.config);
  parsed.smtp_port satisfies number;
  // @ts-expect-error settings have types
  parsed.smtp_port satisfies string;
  const parsedBySchema = await parseConfig(smtp.configSchema, row.config);
  parsedBySchema.smtp_host satisfies string;

  const erased: AnyProviderDefinition[] = [smtp, http, union];
  // @ts-expect-error an erased definition does not say what settings it takes
  erased[0]?.create({ api_key: "k" }, context);
}
