import { createProviderRegistry, type ManagedProvider, type Sender } from "@getfluxly/email-core";
import { customSmtpDefinition } from "@getfluxly/email-custom-smtp";
import type { RealRelay } from "./real-relay.js";

export interface ProviderOptions {
  readonly sender?: Sender | undefined;
  readonly password?: string | undefined;
  /** Default: the relay's own. */
  readonly certificateAuthorities?: readonly string[] | undefined;
}

const defaultSender: Sender = { from_email: "shop@customer.test" };

const ports = { starttls: "submission", ssl: "implicitTls", none: "plain" } as const;

/** The connector as a host gets it: from a registry, on the relay's port for the mode, with a login except for `none`. */
export function openProvider(
  relay: RealRelay,
  mode: keyof typeof ports,
  options: ProviderOptions = {},
): Promise<ManagedProvider<"smtp">> {
  const registry = createProviderRegistry({ smtp: customSmtpDefinition });
  const login = { username: relay.username, password: options.password ?? relay.password };
  return registry.open("smtp", {
    config: {
      smtp_host: "localhost",
      smtp_port: relay[ports[mode]].port,
      smtp_secure: mode,
      ...(mode === "none" ? { username: "", password: "" } : login),
    },
    sender: options.sender ?? defaultSender,
    context: {
      permitsAddress: () => true,
      certificateAuthorities: options.certificateAuthorities ?? [relay.certificateAuthority],
      clientName: "client.example.test",
    },
  });
}
