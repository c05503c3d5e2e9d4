import { createProviderRegistry, type ManagedProvider, type Sender } from "@getfluxly/email-core";
import { createCustomSmtpDefinition } from "@getfluxly/email-custom-smtp";

export type Delivery = NonNullable<Parameters<typeof createCustomSmtpDefinition>[0]>;

export interface Endpoint {
  readonly port: number;
  /** Default `none`. */
  readonly secure?: "starttls" | "ssl" | "none" | undefined;
  /** Default: no login. */
  readonly login?: { readonly username: string; readonly password: string } | undefined;
  readonly certificateAuthorities?: readonly string[] | undefined;
  readonly sender?: Sender | undefined;
  readonly delivery?: Delivery | undefined;
  /** The names of what the connector logs are added to it. */
  readonly logged?: string[] | undefined;
}

const defaultSender: Sender = { from_email: "shop@customer.test" };

/** The connector as a host gets it: from a registry. */
export function openProviderAt(endpoint: Endpoint): Promise<ManagedProvider<"smtp">> {
  const { port, secure = "none", login, certificateAuthorities, sender = defaultSender, logged } = endpoint;
  const registry = createProviderRegistry({ smtp: createCustomSmtpDefinition(endpoint.delivery) });
  return registry.open("smtp", {
    config: {
      smtp_host: "localhost",
      smtp_port: port,
      smtp_secure: secure,
      username: login?.username ?? "",
      password: login?.password ?? "",
    },
    sender,
    context: {
      permitsAddress: () => true,
      certificateAuthorities: certificateAuthorities ?? [],
      clientName: "client.example.test",
      ...(logged && { log: (_level: string, event: string) => void logged.push(event) }),
    },
  });
}
