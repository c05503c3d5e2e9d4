import { runProgram } from "./run-program.js";

/** npm waits five minutes for an answer that got lost; asking again is faster. */
const patience = [
  "--fetch-timeout=20000",
  "--fetch-retries=4",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
];
/** Where it fails, each request is told with its reason, such as a certificate that this machine's proxy has made. */
const output = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=http"];

/** Installs packages, tarballs too, into the folder, with npm as a user has it. */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  await runProgram("npm", ["install", ...output, ...patience, ...packages], { cwd: folder });
}
