import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findMailServer } from "./find-mail-server.js";
import { freePorts } from "./free-ports.js";
import type { MailServer, SessionPatterns } from "./mail-server.js";
import { type RealRelayOptions, realRelayDefaults } from "./real-relay.js";
import { createRelayWorkspace } from "./relay-workspace.js";
import { waitUntilListening } from "./wait-until-listening.js";

const sessionPatterns: SessionPatterns = {
  opened: /^opened/gm,
  closed: /^closed/gm,
  quit: /^quit/gm,
  taken: /^taken/gm,
  complaint: /^complaint|^closed (?!None)|Traceback/gm,
};

/** Debian's aiosmtpd, an SMTP server in Python, without TLS and logins. See `missingForAiosmtpd` for what it needs. */
export async function startAiosmtpd(options: RealRelayOptions = {}): Promise<MailServer> {
  const { users, maxMessageBytes, smtputf8 } = { ...realRelayDefaults, ...options };
  const [port = 0] = await freePorts(1);
  const workspace = await createRelayWorkspace("aiosmtpd");
  try {
    const mailboxOf = await workspace.createMailboxes(users, process.getuid?.() ?? 0);
    const script = fileURLToPath(new URL("aiosmtpd-server.py", import.meta.url));
    const mail = join(workspace.folder, "mail");
    const aiosmtpd = await workspace.start(
      "python3",
      [script, `${port}`, `${maxMessageBytes}`, smtputf8 ? "1" : "0", mail, ...users],
      "aiosmtpd.log",
      { PYTHONPATH: findMailServer("usr/lib/python3/dist-packages") ?? "" },
    );
    await waitUntilListening({ host: "127.0.0.1", port }, aiosmtpd);
    return {
      plain: { port },
      mailboxOf,
      log: aiosmtpd.output,
      sessionPatterns,
      probes: 1,
      close: workspace.close,
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}
