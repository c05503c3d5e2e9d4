import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createTestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { dovecotConfig, dovecotLoginSocket } from "./dovecot-config.js";
import { freePorts } from "./free-ports.js";
import type { SessionPatterns } from "./mail-server.js";
import { makePostfixFolders } from "./make-postfix-folders.js";
import { postfixConfig } from "./postfix-config.js";
import { type RealRelay, type RealRelayOptions, realRelayDefaults } from "./real-relay.js";
import { createRelayWorkspace } from "./relay-workspace.js";
import { waitUntilListening } from "./wait-until-listening.js";

const run = promisify(execFile);
const username = "relay-user";
const password = "relay password äöü";
/** Debian's `nobody` and `nogroup`. */
const mailOwner = 65_534;

const sessionPatterns: SessionPatterns = {
  opened: /: connect from /g,
  closed: /: disconnect from /g,
  quit: /: disconnect from .* quit=1 /g,
  taken: /\/cleanup\[\d+\]: \w+: message-id=/g,
  // A connection that is not needed any more may be given up while it opens.
  complaint:
    /pipelining|lost connection after (?!CONNECT|EHLO)|timeout|non-SMTP|synchroni[sz]ation|bare newline|too many errors/g,
};

/** An own instance of Debian's Postfix, with Dovecot for the logins. See `missingForPostfix` for what it needs. */
export async function startPostfix(options: RealRelayOptions = {}): Promise<RealRelay> {
  const { users, maxMessageBytes, smtputf8, mechanisms, settings } = { ...realRelayDefaults, ...options };
  const [submissionPort = 0, implicitTlsPort = 0, plainPort = 0] = await freePorts(3);
  const authority = createTestCertificateAuthority();
  const certificate = authority.issue({ names: ["localhost"] });
  const workspace = await createRelayWorkspace("postfix");
  const { folder } = workspace;
  const configFolder = join(folder, "config");

  try {
    await workspace.write({
      "certificate.pem": certificate.certificate,
      "private-key.pem": certificate.key,
      ...dovecotConfig({ folder, username, password, mechanisms }),
      ...postfixConfig({
        folder,
        submissionPort,
        implicitTlsPort,
        plainPort,
        loginSocket: dovecotLoginSocket(folder),
        mailOwner,
        users,
        maxMessageBytes,
        smtputf8,
        settings,
      }),
    });
    const mailboxOf = await workspace.createMailboxes(users, mailOwner);
    await makePostfixFolders(folder);
    const daemonFolder = (await run("postconf", ["-d", "-h", "daemon_directory"])).stdout.trim();

    const dovecot = await workspace.start(
      "dovecot",
      ["-F", "-c", join(configFolder, "dovecot.conf")],
      "dovecot.log",
    );
    // Not `postfix start`, which hands master over to the system: so it stays our child.
    const postfix = await workspace.start(
      join(daemonFolder, "master"),
      ["-d", "-c", configFolder],
      "postfix.log",
    );
    await waitUntilListening({ path: dovecotLoginSocket(folder) }, dovecot);
    for (const port of [submissionPort, implicitTlsPort, plainPort]) {
      await waitUntilListening({ host: "127.0.0.1", port }, postfix);
    }

    return {
      submission: { port: submissionPort },
      implicitTls: { port: implicitTlsPort },
      plain: { port: plainPort },
      certificateAuthority: authority.certificate,
      username,
      password,
      mailboxOf,
      log: postfix.output,
      sessionPatterns,
      probes: 3,
      close: workspace.close,
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}
