import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Debian's mail servers exclude each other as packages. `.ci/run` unpacks them, without installing, into this folder; set
 * MAIL_SERVERS_FOLDER for another one.
 */
const folder =
  process.env.MAIL_SERVERS_FOLDER ??
  fileURLToPath(new URL("../../../../../.toolchain/mail-servers", import.meta.url));

/** Where an unpacked file lies, by its path in the package, such as `usr/sbin/exim4`; undefined where it is not unpacked. */
export function findMailServer(path: string): string | undefined {
  const file = join(folder, path);
  return existsSync(file) ? file : undefined;
}
