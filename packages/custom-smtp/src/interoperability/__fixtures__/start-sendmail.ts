import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createProgramRoot } from "./create-program-root.js";
import { findMailServer } from "./find-mail-server.js";
import { freePorts } from "./free-ports.js";
import type { MailServer, SessionPatterns } from "./mail-server.js";
import { type RealRelayOptions, realRelayDefaults } from "./real-relay.js";
import { createRelayWorkspace } from "./relay-workspace.js";
import { sendmailConfig } from "./sendmail-config.js";
import { waitUntilListening } from "./wait-until-listening.js";

const program = "/usr/libexec/sendmail/sendmail";
/** `nobody` inside its folder. */
const owner = 65_534;

/** In its transcript. A line that a client sent as content cannot look like one of the server's. */
const sessionPatterns: SessionPatterns = {
  opened: /^\d+ >>> 220 /gm,
  closed: /^\d+ >>> (?:221|421) /gm,
  quit: /^\d+ >>> 221 /gm,
  taken: /^\d+ >>> 250 2\.0\.0 \S+ Message accepted for delivery/gm,
  complaint: /^\d+ >>> (?:421|50\d|554) (?!.*Need RCPT)/gm,
};

/** An own instance of Debian's Sendmail, without TLS and logins. See `missingForUnpacked` for what it needs. */
export async function startSendmail(options: RealRelayOptions = {}): Promise<MailServer> {
  const { users, maxMessageBytes, settings } = { ...realRelayDefaults, ...options };
  // It knows no SMTPUTF8, and takes no others.
  const asciiUsers = users.filter((user) => /^[a-z]+$/.test(user));
  const [port = 0] = await freePorts(1);
  const workspace = await createRelayWorkspace("sendmail");
  const { folder } = workspace;

  try {
    await createProgramRoot(folder, {
      programs: {
        [program]: findMailServer(program) ?? "",
        "/bin/sh": "/bin/sh",
        "/bin/cat": "/bin/cat",
        "/bin/mv": "/bin/mv",
      },
      accounts: { nobody: owner, daemon: 1, mail: 8 },
    });
    await workspace.write(sendmailConfig({ port, users: asciiUsers, maxMessageBytes, settings }));
    await chmod(join(folder, "deliver"), 0o755);
    await mkdir(join(folder, "queue"), { mode: 0o700 });
    const mailboxOf = await workspace.createMailboxes(asciiUsers, owner);

    const sendmail = await workspace.start(
      "chroot",
      [folder, program, "-bD", "-C/etc/mail/sendmail.cf", "-X/transcript"],
      "sendmail.out",
    );
    await waitUntilListening({ host: "127.0.0.1", port }, sendmail);

    return {
      plain: { port },
      mailboxOf,
      log: () => readFile(join(folder, "transcript"), "latin1"),
      sessionPatterns,
      probes: 1,
      close: workspace.close,
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}
