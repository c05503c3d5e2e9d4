import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { findHaraka } from "./find-haraka.js";
import { freePorts } from "./free-ports.js";
import { harakaConfig } from "./haraka-config.js";
import type { SessionPatterns } from "./mail-server.js";
import { type RealRelay, type RealRelayOptions, realRelayDefaults } from "./real-relay.js";
import { createRelayWorkspace } from "./relay-workspace.js";
import { waitUntilListening } from "./wait-until-listening.js";

const username = "relay-user";
const password = "relay-password";

const sessionPatterns: SessionPatterns = {
  opened: / connect ip=/g,
  closed: / disconnect ip=/g,
  quit: / C: QUIT /g,
  taken: / queue code=OK /g,
  complaint: /pipelined after end of DATA - refused| early=Y | timed out/g,
};

/** An own instance of Haraka, in one process. See `missingForHaraka` for what it needs. */
export async function startHaraka(options: RealRelayOptions = {}): Promise<RealRelay> {
  const { users, maxMessageBytes, smtputf8, mechanisms } = { ...realRelayDefaults, ...options };
  const [submissionPort = 0, implicitTlsPort = 0, plainPort = 0] = await freePorts(3);
  const authority = createTestCertificateAuthority();
  const certificate = authority.issue({ names: ["localhost"] });
  const workspace = await createRelayWorkspace("haraka");

  try {
    await workspace.write({
      "config/certificate.pem": certificate.certificate,
      "config/private-key.pem": certificate.key,
      ...harakaConfig({
        submissionPort,
        implicitTlsPort,
        plainPort,
        username,
        password,
        mechanisms,
        maxMessageBytes,
        smtputf8,
      }),
    });
    await mkdir(join(workspace.folder, "plugins"));
    await copyFile(
      fileURLToPath(new URL("haraka-maildir.cjs", import.meta.url)),
      join(workspace.folder, "plugins", "maildir.js"),
    );
    const mailboxOf = await workspace.createMailboxes(users, process.getuid?.() ?? 0);

    const haraka = await workspace.start(process.execPath, [findHaraka()], "haraka.log", {
      HARAKA: workspace.folder,
    });
    for (const port of [submissionPort, implicitTlsPort, plainPort]) {
      await waitUntilListening({ host: "127.0.0.1", port }, haraka);
    }

    return {
      submission: { port: submissionPort },
      implicitTls: { port: implicitTlsPort },
      plain: { port: plainPort },
      certificateAuthority: authority.certificate,
      username,
      password,
      mailboxOf,
      log: haraka.output,
      sessionPatterns,
      // It knows of none where TLS was awaited.
      probes: 2,
      close: workspace.close,
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}
