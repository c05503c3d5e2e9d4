import { OverdueError, runProgram } from "./run-program.js";

/** npm waits five minutes for an answer that got lost; asking again is faster. */
const patience = [
  "--fetch-timeout=20000",
  "--fetch-retries=4",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
];
const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];

/** It usually takes ten seconds, and now and then it waits for ever, although it knows how long to wait. */
const attempts = 3;
const attemptTimeoutMs = 75_000;

/** Installs packages, tarballs too, into the folder, with npm as a user has it. */
export async function npmInstall(
  folder: string,
  packages: readonly string[],
  { program = "npm", timeoutMs = attemptTimeoutMs } = {},
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await runProgram(program, ["install", ...quiet, ...patience, ...packages], { cwd: folder, timeoutMs });
      return;
    } catch (error) {
      if (!(error instanceof OverdueError) || attempt === attempts) throw error;
    }
  }
}
