import type { SandboxRelayOptions } from "./sandbox-relay-options.js";

const refusal = /^[45]\d\d [^\r\n]*$/;

/** Throws for options that contradict themselves: a test with them would prove nothing. */
export function checkOptions(options: SandboxRelayOptions): void {
  const { tls = "starttls", authentication = "required", host = "127.0.0.1" } = options;
  if (host !== "127.0.0.1" && host !== "::1") {
    throw new TypeError(`A sandbox relay listens on 127.0.0.1 or ::1 only, not on ${JSON.stringify(host)}.`);
  }
  if (tls !== "starttls" && options.starttls !== undefined) {
    throw new TypeError(`The option starttls needs tls: "starttls", and tls is "${tls}".`);
  }
  if (authentication === "not_offered" && options.authenticationInClear) {
    throw new TypeError('authenticationInClear contradicts authentication: "not_offered".');
  }
  for (const reply of Object.values({ ...options.rejectRecipients, ...options.rejectSenders })) {
    if (!refusal.test(reply)) {
      throw new TypeError(`A refusal is one 4xx or 5xx reply line, not ${JSON.stringify(reply)}.`);
    }
  }
}
