import { fileURLToPath } from "node:url";

export type ProgramName = "run-ours" | "run-nodemailer" | "run-upyo" | "run-delay-proxy" | "run-own-sink";

/** All programs lie side by side in dist, where this code is too. */
export function programFile(name: ProgramName): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url));
}
