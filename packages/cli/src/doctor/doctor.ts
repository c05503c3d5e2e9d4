import type { DiagnoseOptions, DiagnosisReport } from "@getfluxly/email-core";
import { diagnoseProvider } from "@getfluxly/email-core/diagnosis";
import type { Command } from "../command-line/command.js";
import { exitCodes } from "../command-line/exit-codes.js";
import { outputOptions, toOutputForm } from "../command-line/output-options.js";
import { parseOptions } from "../command-line/parse-options.js";
import { toStageCode } from "../command-line/to-stage-code.js";
import { UsageError } from "../command-line/usage-error.js";
import { readSettings } from "../relays/read-settings.js";
import { settingsHelp, settingsOptions } from "../relays/settings-options.js";
import { createOutput } from "../terminal/output.js";
import { toEquivalentCommands } from "./equivalent-commands.js";
import { explainRule } from "./explain-rule.js";
import { printReport, printStage } from "./print-report.js";

const stages = [
  "config",
  "dns",
  "tcp",
  "tls",
  "greeting",
  "ehlo",
  "starttls",
  "auth",
  "mail-from",
  "rcpt-to",
  "data",
];

const help = `
Usage: getfluxly-email doctor [OPTIONS]

Tries a relay stage by stage, without sending anything, and says what is wrong and what to do.

      --to ADDRESS       whom a message would go to; the From address by default
      --send             send one real message to --to
      --until STAGE      end after ${stages.slice(0, 6).join(", ")},
                         ${stages.slice(6).join(", ")} (which sends)
      --explain          show all that the verdict rests on: probes, other causes, dialog, commands
      --explain RULE     say what a rule means; connects to nothing
      --json             one JSON document     --ndjson   a line for each stage, then the report
${settingsHelp}

Exit codes: 0 pass, 2 usage; the stage that failed: 10 config, 11 dns, 12 tcp, 13 greeting, 14 ehlo,
15 starttls, 16 tls, 17 auth, 18 mail-from, 19 rcpt-to, 20 data, 21 quota, 29 another one;
30 inconclusive, 31 blocked, 130 interrupted, 1 a mistake of this program.`;

export const doctor: Command = {
  summary: "find out why a relay does not send, and what to do",
  help,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      ...outputOptions,
      ...settingsOptions,
      to: { type: "string" },
      send: { type: "boolean" },
      until: { type: "string" },
      explain: { type: "boolean" },
    });
    const output = createOutput(terminal, toOutputForm(values));
    const [rule, ...rest] = positionals;
    if (rule !== undefined && values.explain && rest.length === 0) return explainRule(rule, output);
    if (rule !== undefined)
      throw new UsageError("`doctor` takes options only, and one rule after --explain.");
    const modes = toModes(values);
    const { definition, options, timeoutMs } = await readSettings(values, terminal);
    let report: DiagnosisReport | undefined;
    output.progress("Looking at the settings ...");
    const events = diagnoseProvider(definition, options, {
      ...modes,
      recipient: values.to,
      signal: terminal.signal,
      timeoutMs,
    });
    for await (const event of events) {
      if (event.type === "report") {
        report = event;
        continue;
      }
      output.event(event);
      printStage(event, output);
      output.progress(`After ${event.stage} ...`);
    }
    if (report === undefined) throw new Error("The diagnosis ended without a report.");
    const code = terminal.signal.aborted ? exitCodes.interrupted : toExitCode(report);
    const from = options.sender.from_email;
    const equivalent = toEquivalentCommands({
      config: options.config,
      from,
      to: values.to ?? from,
      clientName: values["client-name"],
      authority: values.ca?.[0],
    });
    printReport(report, output, values.explain === true);
    if (equivalent && (values.explain || report.verdict !== "pass"))
      output.line(`\nBy hand:\n  ${equivalent.openssl}\n  ${equivalent.swaks}`);
    output.document({ schema: "doctor/1", relay: definition.id, ...report, exit_code: code, equivalent });
    return code;
  },
};

function toModes(values: {
  readonly until?: string;
  readonly send?: boolean;
  readonly to?: string;
}): DiagnoseOptions {
  const { until } = values;
  if (until !== undefined && !stages.includes(until))
    throw new UsageError(`There is no stage \`${until}\`.`, `The stages are ${stages.join(", ")}.`);
  const sends = values.send === true || until === "data";
  if (sends && values.to === undefined)
    throw new UsageError("A message needs somebody to go to.", "Name an address of your own with --to.");
  if (sends && until !== undefined && until !== "data")
    throw new UsageError("--send goes on to the end, and --until ends before.");
  return sends ? { mode: "send" } : { mode: "dry_run", until };
}

function toExitCode({ verdict, failedStage, diagnosis }: DiagnosisReport): number {
  if (verdict === "pass") return exitCodes.ok;
  if (verdict === "inconclusive") return exitCodes.inconclusive;
  if (verdict === "blocked_by_policy") return exitCodes.blocked;
  return toStageCode(diagnosis?.stage === "quota" ? "quota" : (failedStage ?? "other"));
}
