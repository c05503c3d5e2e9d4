import { chown, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createTestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { createProgramRoot } from "./create-program-root.js";
import { eximConfig } from "./exim-config.js";
import { findMailServer } from "./find-mail-server.js";
import { freePorts } from "./free-ports.js";
import type { SessionPatterns } from "./mail-server.js";
import { type RealRelay, type RealRelayOptions, realRelayDefaults } from "./real-relay.js";
import { createRelayWorkspace } from "./relay-workspace.js";
import { waitUntilListening } from "./wait-until-listening.js";

const username = "relay-user";
const password = "relay password äöü";
const program = "/usr/sbin/exim4";
/** The user that Debian's Exim is compiled for; its number is ours, inside its folder. */
const owner = 7_001;

const sessionPatterns: SessionPatterns = {
  opened: / SMTP connection from \S+ \(TCP\/IP connection count = /g,
  closed:
    / SMTP connection from .* (?:closed by|lost)| SMTP call from .* dropped: | TLS error .*\(gnutls_handshake\)/g,
  quit: / SMTP connection from .* closed by QUIT/g,
  taken: / <= (?!<>)/g,
  complaint: /synchroni[sz]ation|syntax error|protocol error|unexpected disconnection|timeout|SMTP .*error/gi,
};

/** An own instance of Debian's Exim, with the logins it knows itself. See `missingForExim` for what it needs. */
export async function startExim(options: RealRelayOptions = {}): Promise<RealRelay> {
  const { users, maxMessageBytes, smtputf8, mechanisms, settings } = { ...realRelayDefaults, ...options };
  const [submissionPort = 0, implicitTlsPort = 0, plainPort = 0] = await freePorts(3);
  const authority = createTestCertificateAuthority();
  const certificate = authority.issue({ names: ["localhost"] });
  const workspace = await createRelayWorkspace("exim");
  const { folder } = workspace;

  try {
    await createProgramRoot(folder, {
      programs: { [program]: findMailServer(program) ?? "" },
      accounts: { "Debian-exim": owner },
    });
    await workspace.write({
      "etc/certificate.pem": certificate.certificate,
      "etc/private-key.pem": certificate.key,
      ...eximConfig({
        submissionPort,
        implicitTlsPort,
        plainPort,
        username,
        password,
        mechanisms,
        users,
        maxMessageBytes,
        smtputf8,
        settings,
      }),
    });
    const mailboxOf = await workspace.createMailboxes(users, owner);
    for (const name of ["spool", "log"]) {
      await mkdir(join(folder, name));
      await chown(join(folder, name), owner, owner);
    }

    const exim = await workspace.start("chroot", [folder, program, "-bdf"], "exim.out");
    for (const port of [submissionPort, implicitTlsPort, plainPort]) {
      await waitUntilListening({ host: "127.0.0.1", port }, exim);
    }

    return {
      submission: { port: submissionPort },
      implicitTls: { port: implicitTlsPort },
      plain: { port: plainPort },
      certificateAuthority: authority.certificate,
      username,
      password,
      mailboxOf,
      log: () => readFile(join(folder, "log/mainlog"), "utf8"),
      sessionPatterns,
      probes: 3,
      close: workspace.close,
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}
