import {
  defaultCapabilities,
  type EmailMessage,
  type EmailProvider,
  type PreparedMessage,
  type ProviderCapabilities,
  type Receipt,
} from "../../contract/index.js";
import { createManagedProvider } from "../create-managed-provider.js";

export const message: EmailMessage = {
  to: [{ address: "a@example.org" }],
  subject: "Hello",
  text: "Hi",
};

export const toReceipt = ({ messageId, envelope }: PreparedMessage): Receipt => ({
  messageId,
  accepted: envelope.to,
  rejected: [],
  response: "250 ok",
  warnings: [],
});

/** A managed provider around the given methods; the others do what an obedient connector does. */
export function manage(
  methods: Partial<EmailProvider> = {},
  capabilities: Partial<ProviderCapabilities> = {},
) {
  const provider: EmailProvider = {
    verify: async () => ({ authenticated: true, encrypted: true, warnings: [] }),
    send: async (prepared, options) => {
      await options.beforeHandover?.();
      return toReceipt(prepared);
    },
    close: async () => {},
    ...methods,
  };
  return createManagedProvider(
    provider,
    { id: "acme", capabilities: { ...defaultCapabilities, ...capabilities } },
    { sender: { from_email: "hello@example.com" }, now: () => new Date() },
  );
}
