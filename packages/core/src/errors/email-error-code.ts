import type { Actor } from "../contract/index.js";

interface CodeDefaults {
  readonly actor: Actor;
  readonly retryable: boolean;
  readonly remedy: string;
}

const define = (actor: Actor, retryable: boolean, remedy: string): CodeDefaults => ({
  actor,
  retryable,
  remedy,
});

/**
 * Every code with who must act, whether the same call may succeed later, and what to do next. A place that knows more
 * (the reply, the preset) overrides the remedy. Each code has a page in docs/reference/errors.
 */
export const emailErrorCodes = {
  "config-invalid": define("configuration", false, "Correct the settings named in `issues`."),
  "sender-invalid": define("configuration", false, "Correct the sender fields named in `issues`."),
  "message-invalid": define("message", false, "Correct the message fields named in `issues`."),
  "message-too-large": define("message", false, "Make the message smaller, for example link to large files."),
  "capability-unsupported": define(
    "caller",
    false,
    "Leave the field out, or use a connector that supports it.",
  ),
  "smtputf8-unsupported": define(
    "recipient",
    false,
    "Use an ASCII address, or a relay that announces SMTPUTF8.",
  ),

  "provider-unknown": define(
    "caller",
    false,
    "Use one of the registered provider ids, or register the connector.",
  ),
  "provider-already-registered": define("caller", false, "Register each provider id once."),
  "provider-load-failed": define(
    "operator",
    false,
    "Install the connector's package; the cause says what is missing.",
  ),
  "definition-invalid": define("operator", false, "Make the definition with `defineProvider`."),
  "specification-version-unsupported": define(
    "operator",
    false,
    "Install versions of the connector and the SDK that speak the same contract.",
  ),
  "provider-closed": define("caller", false, "Open the provider again."),
  "provider-failed": define(
    "operator",
    false,
    "Report this to the connector's author; the cause holds the original error.",
  ),
  "handover-refused": define(
    "caller",
    false,
    "Nothing was sent. The cause says why the handover was refused.",
  ),
  aborted: define("caller", false, "Nothing to repair: the caller ended the call."),
  "timed-out": define(
    "network",
    true,
    "Try again; if it repeats, check host and port, and whether a firewall drops the connection.",
  ),

  "host-not-found": define("configuration", false, "Check the spelling of the relay's host name."),
  "relay-not-permitted": define(
    "operator",
    false,
    "Use a relay that is reachable on the internet, or ask the operator to allow its network.",
  ),
  "connection-failed": define(
    "network",
    true,
    "Check host and port; if they are right, a firewall may block outgoing SMTP: try port 2525.",
  ),
  "connection-lost": define("relay", true, "Try again; nothing was sent."),
  "outcome-unknown": define(
    "operator",
    false,
    "Do not send again before checking: the relay may have taken the message. Look for its Message-ID in the relay's log.",
  ),
  "protocol-violation": define(
    "relay",
    false,
    "Check that host and port belong to an SMTP server and that nothing rewrites the connection.",
  ),

  "starttls-unsupported": define(
    "configuration",
    false,
    "Use smtp_secure `ssl` with port 465, if the relay offers it.",
  ),
  "starttls-refused": define("relay", true, "Try again later, or use smtp_secure `ssl` with port 465."),
  "tls-failed": define(
    "configuration",
    false,
    "Check that port and smtp_secure fit together: 465 with `ssl`, 587 with `starttls`. The relay needs TLS 1.2 or newer.",
  ),
  "certificate-invalid": define(
    "relay",
    false,
    "Use the host name that the relay's certificate is issued for; a private certificate authority has to be added by the operator.",
  ),
  "plaintext-not-permitted": define(
    "configuration",
    false,
    "Use smtp_secure `starttls` or `ssl`; `none` is for networks that the operator has allowed.",
  ),

  "relay-refused": define("relay", false, "Read the relay's reply: it does not serve this client."),
  "relay-unavailable": define("relay", true, "Try again later: the relay is temporarily not available."),
  "authentication-unsupported": define(
    "configuration",
    false,
    "The relay offers no login (AUTH PLAIN or LOGIN) here: check the port and smtp_secure.",
  ),
  "authentication-failed": define(
    "configuration",
    false,
    "Check user name and password; many relays want an app password or an SMTP key, not the account's password.",
  ),
  "authentication-unavailable": define(
    "relay",
    true,
    "Try again later: the relay could not check the login.",
  ),
  "authentication-required": define(
    "configuration",
    false,
    "The relay wants a login: enter user name and password.",
  ),
  "sender-refused": define(
    "configuration",
    false,
    "Use a from_email that the relay lets this account send from.",
  ),
  "recipients-refused": define(
    "recipient",
    false,
    "Check the recipients' addresses; the relay's reply to each is in `rejected`.",
  ),
  "message-refused": define("message", false, "Read the relay's reply: it does not take this message."),
  "relay-deferred": define("relay", true, "Try again later: the relay postponed the message."),

  "key-invalid": define("operator", false, "Give each key an id and exactly 32 random bytes."),
  "key-unknown": define(
    "operator",
    false,
    "Add the key named in the message to the key ring, at least for decryption.",
  ),
  "ciphertext-invalid": define(
    "operator",
    false,
    "The stored secret was damaged, moved or made with other keys: enter it again.",
  ),
} as const satisfies Record<string, CodeDefaults>;

export type EmailErrorCode = keyof typeof emailErrorCodes;
