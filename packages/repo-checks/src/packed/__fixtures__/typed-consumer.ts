// Compiled against the installed tarballs, as an ES module and as CommonJS, without skipLibCheck; never run.
import { createMemoryProvider } from "@getfluxly/email-conformance/providers";
import { startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import {
  createProviderRegistry,
  type EmailErrorCode,
  isEmailError,
  type ManagedProvider,
  type Receipt,
} from "@getfluxly/email-core";
import { createVault, parseMasterKeys } from "@getfluxly/email-core/vault";
import customSmtpDefinition, { type SmtpConfigInput } from "@getfluxly/email-custom-smtp";
import { toNodemailerTransport } from "@getfluxly/email-custom-smtp/nodemailer";
import { openHost, readHostEnvironment } from "@getfluxly/email-host";
import { createTransport, type Transporter } from "nodemailer";

export async function send(config: SmtpConfigInput): Promise<Receipt | EmailErrorCode> {
  const registry = createProviderRegistry({ smtp: customSmtpDefinition });
  const sender = { from_email: "news@example.test", reply_to: undefined };
  try {
    await using provider = await registry.open("smtp", { config, sender });
    return await provider.send({ to: [{ address: "you@example.test" }], subject: "Hello", text: "Hi." });
  } catch (error) {
    if (isEmailError(error)) return error.code;
    throw error;
  }
}

export async function misspell(): Promise<void> {
  const registry = createProviderRegistry({ smtp: () => import("@getfluxly/email-custom-smtp") });
  const sender = { from_email: "news@example.test" };
  const config = { smtp_host: "relay.example.test", smtp_port: 587, smtp_secure: "starttls" } as const;
  await registry.open("smtp", { config, sender });
  // @ts-expect-error -- a misspelt id
  await registry.open("smpt", { config, sender });
  // @ts-expect-error -- a misspelt setting
  await registry.open("smtp", { config: { ...config, user: "someone" }, sender });
}

export async function keepNodemailer(provider: ManagedProvider): Promise<Receipt> {
  const transporter = createTransport(toNodemailerTransport(provider), { subject: "Hello" });
  const plain: Transporter = transporter;
  plain.close();
  const { receipt } = await transporter.sendMail({ to: "you@example.test", text: "Hi." });
  return receipt;
}

export async function startAll(): Promise<number> {
  await using relay = await startSandboxRelay({ tls: "implicit" });
  const memory = createMemoryProvider();
  await createProviderRegistry({ memory: memory.definition }).describe("memory");
  const vault = await createVault(parseMasterKeys(process.env.MASTER_KEY ?? ""));
  const sealed: string = await vault.seal("s3cret", { tenant: "t", provider: "p", field: "password" });
  const host = await openHost(readHostEnvironment(process.env));
  await host.close();
  return relay.messages.length + sealed.length;
}
