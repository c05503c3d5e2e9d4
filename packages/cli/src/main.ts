#!/usr/bin/env node
import { runCommandLine } from "./run-command-line.js";

runCommandLine(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // Whatever a library keeps open must not keep a finished command alive.
  process.stdout.write("", () => process.exit());
});
