import type { Actor } from "../contract/index.js";

interface CodeDefaults {
  readonly actor: Actor;
  readonly retryable: boolean;
  readonly remedy: string;
}

const define = (
  actor: Actor,
  retryable: boolean,
  remedy = retryable ? "Try again later." : "Correct what the message names.",
): CodeDefaults => ({ actor, retryable, remedy });

/**
 * Every code with who must act, whether the same call may succeed later, and what to do next. The place that throws
 * knows more (the reply, the settings) and gives its own remedy. Each code has a page in docs/reference/errors.
 */
export const emailErrorCodes = {
  "config-invalid": define("configuration", false),
  "sender-invalid": define("configuration", false),
  "message-invalid": define("message", false),
  "message-too-large": define("message", false, "Make the message smaller."),
  "too-many-recipients": define("message", false, "Send it in several messages, each to fewer recipients."),
  "capability-unsupported": define("caller", false, "Leave the field out, or use another connector."),
  "smtputf8-unsupported": define("recipient", false, "Use an ASCII address, or another relay."),

  "provider-unknown": define("caller", false),
  "provider-already-registered": define("caller", false),
  "provider-load-failed": define("operator", false, "Install the connector; the cause says what is missing."),
  "definition-invalid": define("operator", false),
  "specification-version-unsupported": define("operator", false),
  "provider-closed": define("caller", false, "Open the provider again."),
  "provider-failed": define("operator", false, "Report the cause to the connector's author."),
  "queue-full": define("caller", true, "Wait for earlier messages, or use sendBatch, which waits by itself."),
  "handover-refused": define("caller", false, "Nothing was sent; the cause says why."),
  aborted: define("caller", false, "Nothing to repair."),
  "timed-out": define("network", true, "Check host, port and firewall, then try again."),

  "host-not-found": define("configuration", false),
  "relay-not-permitted": define(
    "operator",
    false,
    "Use another relay, or ask the operator to allow its network.",
  ),
  "connection-failed": define("network", true),
  "connection-lost": define("relay", true, "Try again; nothing was sent."),
  "outcome-unknown": define(
    "operator",
    false,
    "Look for the Message-ID in the relay's log before you send again.",
  ),
  "protocol-violation": define("relay", false),

  "starttls-unsupported": define("configuration", false),
  "starttls-refused": define("relay", true),
  "tls-failed": define("configuration", false),
  "certificate-invalid": define("relay", false),
  "plaintext-not-permitted": define("configuration", false),

  "relay-refused": define("relay", false, "Read the relay's reply."),
  "relay-unavailable": define("relay", true),
  "authentication-unsupported": define("configuration", false),
  "authentication-failed": define("configuration", false),
  "authentication-unavailable": define("relay", true),
  "authentication-required": define("configuration", false, "Enter user name and password."),
  "sender-refused": define("configuration", false, "Use a from_email that the relay allows."),
  "recipients-refused": define("recipient", false, "Check the addresses and the replies in `rejected`."),
  "message-refused": define("message", false, "Read the relay's reply."),
  "relay-deferred": define("relay", true),

  "key-invalid": define("operator", false),
  "key-unknown": define("operator", false),
  "ciphertext-invalid": define("operator", false, "Enter the secret again."),
} as const satisfies Record<string, CodeDefaults>;

export type EmailErrorCode = keyof typeof emailErrorCodes;
