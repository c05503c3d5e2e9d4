import {
  type CapturedMessage,
  type SandboxRelay,
  type SandboxRelayOptions,
  startSandboxRelay,
} from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type ManagedProvider, type Sender } from "@getfluxly/email-core";
import nodemailer, { type MailDefaults, type SendMailOptions, type Transporter } from "nodemailer";
import { createRelayNetworkPolicy } from "../../network/relay-network-policy.js";
import { customSmtpDefinition } from "../../smtp-definition.js";
import { type SentMessageInfo, toNodemailerTransport } from "../index.js";

export interface Bridge extends AsyncDisposable {
  readonly relay: SandboxRelay;
  readonly provider: ManagedProvider;
  readonly transporter: Transporter<SentMessageInfo>;
  /** Sends, and returns what arrived. */
  deliver(mail: SendMailOptions): Promise<CapturedMessage>;
}

/** A relay in clear on loopback, our provider for it, and nodemailer in front. */
export async function openBridge(
  options: {
    readonly relay?: SandboxRelayOptions;
    readonly sender?: Partial<Sender>;
    readonly defaults?: MailDefaults;
    readonly password?: string;
  } = {},
): Promise<Bridge> {
  const relay = await startSandboxRelay({ tls: "none", ...options.relay });
  const provider = await createProviderRegistry({ smtp: customSmtpDefinition }).open("smtp", {
    config: {
      smtp_host: relay.host,
      smtp_port: relay.port,
      smtp_secure: "none",
      username: "sandbox",
      password: options.password ?? "sandbox-password",
    },
    sender: { from_email: "shop@example.org", from_name: "Shop", ...options.sender },
    context: createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8"] }),
  });
  const transporter = nodemailer.createTransport(toNodemailerTransport(provider), options.defaults);
  return {
    relay,
    provider,
    transporter,
    async deliver(mail) {
      await transporter.sendMail({ ...hello, ...mail });
      const messages = await relay.waitForMessages(1);
      const last = messages.at(-1);
      if (!last) throw new Error("nothing arrived");
      return last;
    },
    async [Symbol.asyncDispose]() {
      await provider.close({ force: true });
      await relay.close();
    },
  };
}

export const hello: SendMailOptions = { to: "anna@example.com", subject: "Hello", text: "Hi Anna" };
