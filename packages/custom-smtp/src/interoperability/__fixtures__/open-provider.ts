import type { ManagedProvider, Sender } from "@getfluxly/email-core";
import { type Delivery, openProviderAt } from "./open-provider-at.js";
import type { RealRelay } from "./real-relay.js";

export interface ProviderOptions {
  readonly sender?: Sender | undefined;
  readonly password?: string | undefined;
  /** Default: the relay's own. */
  readonly certificateAuthorities?: readonly string[] | undefined;
  readonly delivery?: Delivery | undefined;
}

const ports = { starttls: "submission", ssl: "implicitTls", none: "plain" } as const;

/** On the relay's port for the mode, with a login except for `none`. */
export function openProvider(
  relay: RealRelay,
  mode: keyof typeof ports,
  options: ProviderOptions = {},
): Promise<ManagedProvider<"smtp">> {
  const { password = relay.password, certificateAuthorities = [relay.certificateAuthority] } = options;
  return openProviderAt({
    ...options,
    port: relay[ports[mode]].port,
    secure: mode,
    login: mode === "none" ? undefined : { username: relay.username, password },
    certificateAuthorities,
  });
}
