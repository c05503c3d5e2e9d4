import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createProgramRoot } from "./create-program-root.js";
import { findMailServer } from "./find-mail-server.js";
import { freePorts } from "./free-ports.js";
import type { MailServer, SessionPatterns } from "./mail-server.js";
import { openSmtpdConfig } from "./opensmtpd-config.js";
import { type RealRelayOptions, realRelayDefaults } from "./real-relay.js";
import { createRelayWorkspace } from "./relay-workspace.js";
import { waitUntilListening } from "./wait-until-listening.js";

const program = "/usr/sbin/smtpd";
const deliverer = "/usr/libexec/opensmtpd/mail.maildir";
/** The users that Debian's OpenSMTPD is compiled for, and one for the mail; their numbers are ours, inside its folder. */
const accounts = { opensmtpd: 7_001, opensmtpq: 7_002, mail: 7_003 };

const sessionPatterns: SessionPatterns = {
  opened: / smtp connected address=/g,
  closed: / smtp disconnected /g,
  quit: / smtp disconnected reason=quit/g,
  taken: / smtp message msgid=/g,
  complaint: / smtp disconnected reason=(?!quit)| result="(?:50\d|421|554) /g,
};

/** An own instance of Debian's OpenSMTPD, without TLS and logins. See `missingForUnpacked` for what it needs. */
export async function startOpenSmtpd(options: RealRelayOptions = {}): Promise<MailServer> {
  const { users, maxMessageBytes, settings } = { ...realRelayDefaults, ...options };
  // It knows no SMTPUTF8, and takes no others.
  const asciiUsers = users.filter((user) => /^[a-z]+$/.test(user));
  const [port = 0] = await freePorts(1);
  const workspace = await createRelayWorkspace("opensmtpd");
  const { folder } = workspace;

  try {
    await createProgramRoot(folder, {
      programs: {
        [program]: findMailServer(program) ?? "",
        [deliverer]: findMailServer(deliverer) ?? "",
        "/bin/sh": "/bin/sh",
      },
      accounts,
    });
    await workspace.write(openSmtpdConfig({ port, users: asciiUsers, maxMessageBytes, settings }));
    for (const name of ["var/run", "var/spool", "var/lib/opensmtpd/empty"]) {
      await mkdir(join(folder, name), { recursive: true });
    }
    await mkdir(join(folder, "var/spool/smtpd"), { mode: 0o711 });
    const mailboxOf = await workspace.createMailboxes(asciiUsers, accounts.mail);

    const openSmtpd = await workspace.start("chroot", [folder, program, "-d", "-v"], "opensmtpd.log");
    await waitUntilListening({ host: "127.0.0.1", port }, openSmtpd);

    return {
      plain: { port },
      mailboxOf,
      log: openSmtpd.output,
      sessionPatterns,
      probes: 1,
      close: workspace.close,
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}
