import type { ProviderContext } from "@getfluxly/email-core";
import { defaultCapabilities, prepareMessage } from "@getfluxly/email-core";
import type { HostResolver } from "../network/resolve-host.js";
import type { SmtpConfig } from "../smtp-config.js";
import { createSmtpProvider, type SmtpProviderOptions } from "../smtp-provider.js";

interface TestMessage {
  readonly to: string;
  readonly messageId: string;
  readonly relayMessageId?: string | undefined;
  readonly reply: string;
  readonly ms: number;
}

const lines = [
  "This is a test message.",
  "",
  "If you can read it, the relay accepts mail with the settings that were tried and passes it on.",
  "Whether it arrived in the inbox or among the spam depends on the records of the sending domain.",
];

/** One real message, on the way that all others take. */
export async function sendTestMessage(
  config: SmtpConfig,
  context: ProviderContext,
  options: {
    readonly recipient: string;
    readonly signal: AbortSignal;
    readonly resolve: HostResolver;
    readonly sending: SmtpProviderOptions;
  },
): Promise<TestMessage> {
  const { recipient: to, signal, resolve, sending } = options;
  const startedAt = performance.now();
  const message = prepareMessage(
    {
      to: [{ address: to }],
      subject: "Test message",
      text: `${lines.join("\n")}\n`,
      html: `<p>${lines.join("<br>\n")}</p>\n`,
    },
    { ...context, providerId: "smtp", capabilities: defaultCapabilities },
  );
  const provider = createSmtpProvider(config, context, {
    ...sending,
    resolve,
    delivery: { maxConnections: 1 },
  });
  try {
    const { messageId, relayMessageId, response } = await provider.send(message, { signal });
    const ms = Math.round(performance.now() - startedAt);
    return { to, messageId, ...(relayMessageId !== undefined && { relayMessageId }), reply: response, ms };
  } finally {
    await provider.close({ force: true });
  }
}
