import { isEmailError } from "@getfluxly/email-core";
import type { Command } from "./command-line/command.js";
import { exitCodes } from "./command-line/exit-codes.js";
import { toStageCode } from "./command-line/to-stage-code.js";
import { UsageError } from "./command-line/usage-error.js";
import { dev } from "./dev/dev.js";
import { dns } from "./dns/dns.js";
import { doctor } from "./doctor/doctor.js";
import { send } from "./send/send.js";
import { createOutput } from "./terminal/output.js";
import { openProcessTerminal } from "./terminal/process-terminal.js";
import type { Terminal } from "./terminal/terminal.js";
import { webhooks } from "./webhooks/webhooks.js";

const commands: Readonly<Record<string, Command>> = { doctor, dns, send, dev, webhooks };

/** Runs one command and resolves to its exit code. Never rejects. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal = openProcessTerminal(),
): Promise<number> {
  const [name = "help", ...rest] = args;
  try {
    if (name === "help" || name === "--help" || name === "-h") return help(rest[0], terminal);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new UsageError(`There is no command \`${name.slice(0, 40)}\`.`);
    if (rest.includes("--help") || rest.includes("-h")) return help(name, terminal);
    const code = await command.run(rest, terminal);
    // Ctrl-C is how `dev` is meant to end.
    return terminal.signal.aborted && name !== "dev" ? exitCodes.interrupted : code;
  } catch (error) {
    return explain(error, args, terminal);
  }
}

function help(name: string | undefined, terminal: Terminal): number {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  const list = Object.entries(commands).map(([each, { summary }]) => `  ${each.padEnd(10)}${summary}`);
  const overview = [
    "Usage: getfluxly-email COMMAND [OPTIONS]",
    "",
    ...list,
    "",
    "`getfluxly-email COMMAND --help` shows the options of one.",
  ];
  terminal.output.write(`${command?.help.trim() ?? overview.join("\n")}\n`);
  return exitCodes.ok;
}

function explain(error: unknown, args: readonly string[], terminal: Terminal): number {
  const isInterrupted =
    terminal.signal.aborted || (error instanceof Error && error.message === "interrupted");
  // Whoever interrupts knows why it ended, but not that a message may be out.
  if (isInterrupted && !(isEmailError(error) && error.certainty === "unknown")) return exitCodes.interrupted;
  const form = args.includes("--ndjson") ? "ndjson" : args.includes("--json") ? "json" : "text";
  const output = createOutput(terminal, form);
  const { code, message, hint, issues = [], ...rest } = describe(error);
  const exitCode = isInterrupted ? exitCodes.interrupted : rest.exitCode;
  output.document({ schema: "error/1", error: { code, message, hint, issues }, exit_code: exitCode });
  const details = issues.map((issue) => `  ${issue.path}: ${issue.message}`);
  if (form === "text") output.warn([`Error: ${message}`, ...details, hint].join("\n"));
  return exitCode;
}

function describe(error: unknown) {
  if (error instanceof UsageError) {
    return { code: "usage", message: error.message, hint: error.hint, exitCode: exitCodes.usage };
  }
  if (isEmailError(error)) {
    const { code, message, remedy: hint, issues, certainty, stage } = error;
    const isUnknown = certainty === "unknown";
    const exitCode = isUnknown
      ? exitCodes.inconclusive
      : code === "relay-not-permitted"
        ? exitCodes.blocked
        : toStageCode(stage);
    return { code, message, hint, issues, exitCode };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "internal",
    message,
    hint: "This is a mistake of getfluxly-email: please report it.",
    exitCode: exitCodes.internal,
  };
}
