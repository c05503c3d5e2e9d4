import { findingOf } from "../finding-of.js";
import type { Rule } from "../rule.js";
import { workingSettings } from "../settings-patch.js";

const relay = { actor: "relay", place: "relay_console" } as const;
const neverTrustAll = "Never turn the verification off: whoever is in between could then read the password.";

/** The handshake, with chain, name and dates. */
export const tlsRules: readonly Rule[] = [
  {
    id: "tls.wrong_version_number",
    stage: "tls",
    actor: "configuration",
    place: "form",
    title: "Port {port} begins unencrypted, and smtp_secure is ssl",
    cause:
      "We asked for encryption at once, and the relay answered with plain text: this port switches to encryption a moment later.",
    steps: [
      "Set smtp_secure to starttls for this port; the connection is just as encrypted.",
      "Or keep ssl and use port 465.",
    ],
    when: [
      {
        system: [
          "ERR_SSL_WRONG_VERSION_NUMBER",
          "ERR_SSL_PACKET_LENGTH_TOO_LONG",
          "ERR_SSL_UNKNOWN_PROTOCOL",
          "ERR_SSL_HTTP_REQUEST",
        ],
      },
    ],
    alternatives: ["tls.other_service"],
    judge: (findings) => {
      const service = findingOf(findings, "banner")?.service;
      return service === undefined ? undefined : service === "smtp";
    },
    patch: ({ settings }, findings) => {
      const works = findingOf(findings, "settings")?.works ?? [];
      const best = works.find(({ port }) => port === settings?.port) ?? works[0];
      return best && { set: { smtp_port: best.port, smtp_secure: best.tlsMode }, verified: true };
    },
    links: ["https://www.rfc-editor.org/rfc/rfc8314"],
  },
  {
    id: "tls.other_service",
    stage: "tls",
    actor: "configuration",
    place: "form",
    title: "Port {port} of {host} is not a mail server for sending",
    cause: "Another service answers there, unencrypted.",
    steps: ["Use the relay's port for outgoing mail: 465 with ssl, or 587 with starttls."],
    when: [
      { system: ["ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_PACKET_LENGTH_TOO_LONG", "ERR_SSL_HTTP_REQUEST"] },
    ],
    judge: (findings) => {
      const service = findingOf(findings, "banner")?.service;
      return service === undefined ? undefined : ["imap", "pop3", "http", "ssh", "other"].includes(service);
    },
    patch: workingSettings,
  },
  {
    id: "tls.self_signed_leaf",
    stage: "tls",
    ...relay,
    title: "The relay's certificate is self-signed",
    cause:
      "No authority vouches for it: a private relay, or a virus scanner or proxy that opens the encryption.",
    steps: [
      "Have the relay get a certificate from a public authority (Let's Encrypt costs nothing).",
      "For a private relay, have the operator add the certificate to the trusted authorities, after comparing its fingerprint with whoever runs the relay.",
      neverTrustAll,
    ],
    confidence: "confirmed",
    when: [{ system: ["DEPTH_ZERO_SELF_SIGNED_CERT"] }],
  },
  {
    id: "tls.self_signed_chain",
    stage: "tls",
    ...relay,
    title: "The relay's certificate comes from an authority that is not trusted here",
    cause:
      "The chain ends in a private authority. With a large public relay that means that a virus scanner or a company's proxy opens the encryption.",
    steps: [
      "For a private relay, have the operator add its authority's certificate.",
      "For a public relay, turn the scanning of outgoing mail off, or use another network.",
      neverTrustAll,
    ],
    confidence: "likely",
    when: [{ system: ["SELF_SIGNED_CERT_IN_CHAIN"] }],
  },
  {
    id: "tls.incomplete_or_private_chain",
    stage: "tls",
    ...relay,
    title: "The relay's certificate cannot be traced to a known authority",
    cause:
      "Either the relay leaves out an intermediate certificate, or its authority is a private one. Mail programs of people often hide the former.",
    steps: [
      "Have whoever runs the relay serve the whole chain (often a file called fullchain).",
      "If the authority is a private one, have the operator add its certificate.",
      neverTrustAll,
    ],
    confidence: "possible",
    when: [
      {
        system: [
          "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
          "UNABLE_TO_GET_ISSUER_CERT",
          "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
          "CERT_UNTRUSTED",
          "INVALID_CA",
        ],
      },
    ],
  },
  {
    id: "tls.name_mismatch",
    stage: "tls",
    actor: "configuration",
    place: "form",
    title: "The relay's certificate is not for {host}",
    cause:
      "It is for {names}. Hosting providers often serve many domains from one server, whose certificate has the provider's name.",
    steps: [
      "Compare the host with the relay's page. If the certificate's name is one of your provider's, enter that one: {sameAddress}.",
      "If you know none of its names, stop here: somebody else may be answering in the relay's place.",
      neverTrustAll,
    ],
    when: [{ system: ["ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"] }],
    confidence: "confirmed",
    judge: (findings) => (findingOf(findings, "certificate")?.sameAddress.length ?? 0) > 0 || undefined,
    patch: (_observation, findings) => {
      const [name] = findingOf(findings, "certificate")?.sameAddress ?? [];
      return name === undefined ? undefined : { set: { smtp_host: name }, verified: true };
    },
  },
  {
    id: "tls.expired",
    stage: "tls",
    ...relay,
    title: "The relay's certificate is out of date",
    cause:
      "It is valid {validity}. Often it was renewed and the mail server not reloaded; sometimes the clock of this machine is wrong.",
    steps: [
      "Have whoever runs the relay renew the certificate and reload the mail server.",
      "Check the clock of the machine that this service runs on.",
      neverTrustAll,
    ],
    confidence: "confirmed",
    when: [{ system: ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"] }],
  },
  {
    id: "tls.revoked_or_wrong_use",
    stage: "tls",
    ...relay,
    title: "The relay's certificate cannot be used",
    cause: "It was revoked, is not for servers, its key is too weak, or its authority may not issue it.",
    steps: ["Have whoever runs the relay get another certificate.", neverTrustAll],
    when: [{ code: ["certificate-invalid"] }],
  },
  {
    id: "tls.protocol_too_old",
    stage: "tls",
    ...relay,
    title: "The relay's encryption is too old",
    cause: "It has no TLS 1.2, or only keys and ciphers that are no longer safe.",
    steps: ["Have whoever runs the relay update it. TLS before 1.2 is not supported here."],
    when: [
      {
        system: [
          ...[
            "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
            "ERR_SSL_UNSUPPORTED_PROTOCOL",
            "ERR_SSL_DH_KEY_TOO_SMALL",
            "ERR_SSL_NO_PROTOCOLS_AVAILABLE",
          ],
          ...[
            "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
            "ERR_SSL_VERSION_TOO_LOW",
            "ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED",
            "ERR_SSL_WRONG_SSL_VERSION",
          ],
          ...[
            "ERR_SSL_EE_KEY_TOO_SMALL",
            "ERR_SSL_CA_MD_TOO_WEAK",
            "ERR_SSL_NO_SHARED_CIPHER",
            "ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
            "ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY",
          ],
        ],
      },
    ],
    confidence: "likely",
    judge: (findings) => {
      const protocol = findingOf(findings, "certificate")?.protocol;
      return protocol === "TLSv1" || protocol === "TLSv1.1" ? true : undefined;
    },
  },
  {
    id: "tls.closed_in_handshake",
    stage: "tls",
    actor: "configuration",
    place: "form",
    retryable: true,
    title: "The relay hangs up during the TLS handshake",
    cause:
      "A port that is never encrypted, a limit on who may connect, a proxy in between, or very old encryption.",
    steps: [
      "Try starttls with port 587, or ssl with port 465.",
      "Ask the relay whether it allows this server's address.",
    ],
    when: [{ at: ["tls", "starttls"], code: ["tls-failed", "connection-lost"] }],
    patch: workingSettings,
  },
  {
    id: "tls.silent",
    stage: "tls",
    actor: "configuration",
    place: "form",
    title: "Port {port} does not answer the TLS handshake",
    cause:
      "With smtp_secure ssl we speak first. A port that begins unencrypted does not expect that, or a firewall swallows it.",
    steps: ["Set smtp_secure to starttls for this port.", "Or use port 465 with ssl."],
    when: [{ at: ["tls"], code: ["timed-out"] }],
    judge: (findings) => {
      const service = findingOf(findings, "banner")?.service;
      return service === undefined ? undefined : service === "smtp";
    },
    patch: ({ settings }, findings) => {
      const works = findingOf(findings, "settings")?.works ?? [];
      const best = works.find(({ port }) => port === settings?.port) ?? works[0];
      return best && { set: { smtp_port: best.port, smtp_secure: best.tlsMode }, verified: true };
    },
  },
];
