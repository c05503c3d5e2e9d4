#!/usr/bin/env node
import { runCommandLine } from "./run-command-line.js";

process.exitCode = await runCommandLine(process.argv.slice(2));
// Whatever a library keeps open must not keep a finished command alive.
process.stdout.write("", () => process.exit());
