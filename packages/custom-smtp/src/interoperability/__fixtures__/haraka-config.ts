import { getDiffieHellman } from "node:crypto";
import { mailDomain } from "./real-relay.js";

export interface HarakaConfigOptions {
  readonly submissionPort: number;
  readonly implicitTlsPort: number;
  readonly plainPort: number;
  readonly username: string;
  readonly password: string;
  readonly mechanisms: readonly string[];
  readonly maxMessageBytes: number;
  readonly smtputf8: boolean;
}

/** An instance's files, by path below its folder. Source: docs/ of Haraka 3.3.4. */
export function harakaConfig(options: HarakaConfigOptions): Record<string, string> {
  const { submissionPort, implicitTlsPort, plainPort } = options;
  const listen = [submissionPort, implicitTlsPort, plainPort].map((port) => `127.0.0.1:${port}`).join(",");
  return {
    "config/plugins": "tls\nauth/flat_file\nmaildir\n",
    "config/me": `mail.${mailDomain}\n`,
    "config/host_list": `${mailDomain}\n`,
    "config/outbound.ini": "disabled=true\n",
    // nodes=0: one process, without a cluster's workers.
    "config/smtp.ini": `listen=${listen}\nsmtps_port=${implicitTlsPort}\nnodes=0\n`,
    "config/log.ini": "[main]\nlevel=protocol\nformat=default\n",
    // Haraka reads this file without defaults: each section has to be there, and the limits are those it ships with.
    "config/connection.ini": [
      "[main]",
      `smtputf8=${options.smtputf8}`,
      "[headers]",
      "max_lines=1000",
      "max_received=100",
      "[max]",
      `bytes=${options.maxMessageBytes}`,
      "mime_parts=1000",
      "line_length=512",
      "data_line_length=992",
      "[message]",
      "helo=Haraka is at your service.",
      "close=closing connection.",
      "[uuid]",
      "banner_chars=6",
      "deny_chars=0",
      "",
    ].join("\n"),
    "config/tls.ini": [
      "key=private-key.pem",
      "cert=certificate.pem",
      "dhparam=dhparams.pem",
      `no_starttls_ports[]=${plainPort}`,
      "",
    ].join("\n"),
    // Absent, Haraka would compute one, which takes seconds of all the processor's time.
    "config/dhparams.pem": diffieHellmanParameters(),
    "config/auth_flat_file.ini": [
      "[core]",
      `methods=${options.mechanisms.join(",")}`,
      "constrain_sender=false",
      "[users]",
      `${options.username}=${options.password}`,
      "",
    ].join("\n"),
  };
}

/** The 2048-bit group of RFC 3526 section 3 as PEM (PKCS #3: prime and generator). */
function diffieHellmanParameters(): string {
  const prime = getDiffieHellman("modp14").getPrime();
  const content = Buffer.concat([
    Buffer.from("308201080282010100", "hex"),
    prime,
    Buffer.from("020102", "hex"),
  ]);
  const lines = content.toString("base64").replace(/(.{64})/g, "$1\n");
  return `-----BEGIN DH PARAMETERS-----\n${lines}\n-----END DH PARAMETERS-----\n`;
}
