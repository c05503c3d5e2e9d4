/** The same check with tools that everyone has. Without the secret: swaks asks for it. */
export interface EquivalentCommands {
  readonly openssl: string;
  readonly swaks: string;
}

interface Target {
  readonly config: Readonly<Record<string, unknown>>;
  readonly from: string;
  readonly to: string;
  readonly clientName?: string | undefined;
  /** A file in PEM. */
  readonly authority?: string | undefined;
}

/** Undefined where the settings do not name the relay's host, as those of a preset. */
export function toEquivalentCommands({
  config,
  from,
  to,
  clientName,
  authority,
}: Target): EquivalentCommands | undefined {
  const { smtp_host: host, smtp_port: port, smtp_secure: secure, username } = config;
  if (typeof host !== "string" || typeof port !== "number") return undefined;
  const at = quote(`${host.includes(":") ? `[${host}]` : host}:${port}`);
  const name = /^[\d.]+$|:/.test(host) ? "" : ` -servername ${quote(host)}`;
  const swaks = [
    "swaks",
    "--server",
    quote(host),
    "--port",
    String(port),
    "--from",
    quote(from),
    "--to",
    quote(to),
  ];
  if (clientName !== undefined) swaks.push("--ehlo", quote(clientName));
  if (secure === "ssl") swaks.push("--tls-on-connect", "--tls-verify");
  if (secure === "starttls") swaks.push("--tls", "--tls-verify");
  if (secure !== "none" && authority !== undefined) swaks.push("--tls-ca-path", quote(authority));
  if (typeof username === "string" && username !== "") swaks.push("--auth", "--auth-user", quote(username));
  const trust = authority === undefined ? "" : ` -CAfile ${quote(authority)}`;
  const openssl =
    secure === "none"
      ? `nc ${quote(host)} ${port}`
      : `openssl s_client -connect ${at}${secure === "starttls" ? " -starttls smtp" : ""}${name}${trust} -verify_return_error -crlf`;
  return { openssl, swaks: swaks.join(" ") };
}

function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
