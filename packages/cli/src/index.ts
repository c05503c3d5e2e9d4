export { exitCodes } from "./command-line/exit-codes.js";
export { runCommandLine } from "./run-command-line.js";
export type { Terminal } from "./terminal/terminal.js";
