import type { SandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";

/** A valid body of a create request for this relay; `undefined` in `changes` leaves a field out. */
export function providerBody(
  relay: Pick<SandboxRelay, "host" | "port" | "tls">,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const modes = { starttls: "starttls", implicit: "ssl", none: "none" } as const;
  return {
    provider: "smtp",
    display_name: "Sandbox",
    from_email: "news@example.com",
    smtp_host: relay.host,
    smtp_port: relay.port,
    smtp_secure: modes[relay.tls],
    username: "sandbox",
    password: "sandbox-password",
    ...changes,
  };
}
