import { isIP } from "node:net";
import type { Rule } from "../rule.js";
import { toBareHost } from "../to-bare-host.js";

const form = { actor: "configuration", place: "form", confidence: "confirmed" } as const;

/** About what was entered; seen before any connection is made. */
export const settingsRules: readonly Rule[] = [
  {
    ...form,
    id: "config.url_special_chars",
    stage: "config",
    title: "A connection URL was entered, and it cannot be read",
    cause:
      "The host holds a whole URL whose user name or password has characters such as @, /, # or %. They end the part they stand in.",
    steps: ["Enter host, port, user name and password in their own fields, as they are."],
    when: [
      { at: ["config"], that: ({ settings }) => /^[a-z]+:\/\/\S*@/i.test(settings?.host ?? "") },
      { at: ["config"], that: ({ systemCode }) => systemCode === "ERR_INVALID_URL" },
    ],
  },
  {
    ...form,
    id: "config.host_has_scheme_or_port",
    stage: "config",
    title: "The host is more than a name",
    cause: "The host has a scheme, a port, a path or a blank in it: {host}",
    steps: ["Enter the bare name, such as smtp.example.com.", "Enter the port in its own field."],
    when: [
      {
        at: ["config", "dns"],
        that: ({ settings }) => settings !== undefined && toBareHost(settings.host)?.isChanged === true,
      },
    ],
    patch: ({ settings }) => {
      const bare = settings && toBareHost(settings.host);
      if (!bare?.isChanged) return undefined;
      const { host, port } = bare;
      return { set: { smtp_host: host, ...(port !== undefined && { smtp_port: port }) }, verified: false };
    },
  },
  {
    ...form,
    id: "config.credentials_missing",
    stage: "config",
    title: "User name and password belong together",
    cause:
      "One of them is empty. Often the password was to come from an environment variable that is not set.",
    steps: [
      "Enter both.",
      "If the relay knows this server by its address and wants no login, leave both empty (smtp_secure none, on an allowed network).",
    ],
    when: [
      {
        at: ["config"],
        that: ({ settings, failure }) =>
          settings !== undefined &&
          (settings.username === "") === settings.hasPassword &&
          (failure.code === "config-invalid" || failure.issues === undefined),
      },
      {
        at: ["config"],
        that: ({ settings, failure }) =>
          settings?.tlsMode !== "none" &&
          settings?.username === "" &&
          !settings.hasPassword &&
          (failure.issues ?? []).some(({ path }) => path === "username" || path === "password"),
      },
    ],
  },
  {
    ...form,
    id: "config.port_tls_mismatch",
    stage: "config",
    title: "Port {port} does not go with smtp_secure {mode}",
    cause:
      "Port 465 is encrypted from the start (ssl). Ports 587, 2525 and 25 begin unencrypted and then switch to encryption (starttls).",
    steps: ["Use 587 with starttls, or 465 with ssl."],
    when: [
      {
        at: ["config"],
        that: ({ settings, failure }) =>
          settings !== undefined &&
          (failure.issues ?? []).some(({ path }) => path === "smtp_secure") &&
          ((settings.port === 465 && settings.tlsMode !== "ssl") ||
            ([25, 587, 2525].includes(settings.port) && settings.tlsMode === "ssl")),
      },
    ],
    patch: ({ settings }) => {
      if (settings?.port === 465) return { set: { smtp_secure: "ssl" }, verified: false };
      return settings && { set: { smtp_secure: "starttls" }, verified: false };
    },
    links: ["https://www.rfc-editor.org/rfc/rfc8314"],
  },
  {
    ...form,
    id: "config.from_not_address",
    stage: "config",
    title: "from_email is no address",
    cause:
      "The sender is {from}. The user name of a relay (apikey, resend, an access key) is no mailbox, so it cannot be the sender.",
    steps: ["Enter an address at your own domain as from_email."],
    when: [
      { at: ["config"], code: ["sender-invalid"] },
      { at: ["mail-from", "rcpt-to"], reply: [501, 553], enhanced: /^5\.1\.7$/ },
      {
        at: ["mail-from", "rcpt-to"],
        reply: [501, 553],
        text: /(?:bad|invalid) sender|sender address syntax|sender .{0,20}syntax/i,
      },
    ],
  },
  {
    ...form,
    id: "config.credentials_whitespace",
    stage: "config",
    severity: "warning",
    title: "The password may have blanks that do not belong to it",
    cause: "It begins or ends with a blank, or has the four groups in which Google shows an app password.",
    steps: [
      "Copy the password again without blanks. Google's app passwords are 16 letters; the blanks are for reading only.",
    ],
    confidence: "likely",
    when: [{ at: ["auth"], reply: [535, 534], that: ({ settings }) => settings?.passwordForm !== undefined }],
  },
  {
    ...form,
    id: "config.invalid",
    stage: "config",
    title: "The settings are incomplete or wrong",
    cause: "What is wrong is named beside each field.",
    steps: ["Correct the fields."],
    when: [{ at: ["config"], code: ["config-invalid"] }],
  },
  {
    ...form,
    id: "tls.name_is_ip",
    stage: "tls",
    title: "The host is an IP address, and certificates are issued for names",
    cause: "The relay's certificate is for {names}, and the connection asked for {host}.",
    steps: ["Enter the relay's name, as its pages give it: {sameAddress}."],
    when: [
      {
        system: ["ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"],
        that: ({ settings }) => isIP(settings?.host ?? "") !== 0,
      },
    ],
  },
];
