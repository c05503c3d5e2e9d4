import type { SandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type ProviderContext, type Sender } from "@getfluxly/email-core";
import { createRelayNetworkPolicy } from "../network/relay-network-policy.js";
import type { HostResolver } from "../network/resolve-host.js";
import type { SmtpConfigInput } from "../smtp-config.js";
import { customSmtpDefinition } from "../smtp-definition.js";
import { createSmtpProvider } from "../smtp-provider.js";

const loopback = createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1"] });

/** The connector as a host opens it, for a relay on loopback. `resolve` replaces the DNS. */
export function openProvider(
  relay: Pick<SandboxRelay, "port"> & Partial<SandboxRelay>,
  config: Partial<SmtpConfigInput> = {},
  {
    sender,
    log = () => undefined,
    resolve,
  }: {
    readonly sender?: Partial<Sender>;
    readonly log?: ProviderContext["log"];
    readonly resolve?: HostResolver;
  } = {},
) {
  const definition: typeof customSmtpDefinition = resolve
    ? {
        ...customSmtpDefinition,
        create: async (settings, context) => createSmtpProvider(settings, context, { resolve }),
      }
    : customSmtpDefinition;
  return createProviderRegistry({ smtp: definition }).open("smtp", {
    config: {
      smtp_host: "localhost",
      smtp_port: relay.port,
      smtp_secure: "starttls",
      username: "sandbox",
      password: "sandbox-password",
      ...config,
    },
    sender: { from_email: "shop@example.org", ...sender },
    context: {
      ...loopback,
      certificateAuthorities: relay.certificateAuthority === undefined ? [] : [relay.certificateAuthority],
      clientName: "client.example.org",
      log,
    },
  });
}
