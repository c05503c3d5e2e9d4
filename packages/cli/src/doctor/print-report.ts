import type { Diagnosis, DiagnosisReport, ServerReply, StageReport } from "@getfluxly/email-core";
import type { Output } from "../terminal/output.js";
import { toPrintable } from "../terminal/to-printable.js";

const marks = { pass: "\u2713", warn: "!", fail: "\u2717", skipped: "-" } as const;
const styles = { pass: "green", warn: "yellow", fail: "red", skipped: "dim" } as const;

export function printStage({ stage, status, ms, summary, findings = [] }: StageReport, output: Output): void {
  const mark = output.paint(styles[status], `${marks[status]} ${status.padEnd(7)}`);
  const time = status === "skipped" ? "" : `${ms} ms`;
  output.line(`${mark} ${stage.padEnd(10)} ${time.padStart(8)}  ${toPrintable(summary)}`);
  for (const { title } of findings)
    if (title !== summary) output.line(`${" ".repeat(30)}  ${toPrintable(title)}`);
}

/** What a person needs: the verdict, the cause, the steps; with `isFull` all that it rests on. */
export function printReport(report: DiagnosisReport, output: Output, isFull: boolean): void {
  const { verdict, diagnosis, warnings, probes, transcript, testMessage, ms } = report;
  output.line();
  const style = verdict === "pass" ? "green" : verdict === "fail" ? "red" : "yellow";
  output.line(`${output.paint(style, toHeadline(report))} (${ms} ms)`);
  if (testMessage)
    output.line(`Message ${testMessage.messageId} to ${testMessage.to}: ${toPrintable(testMessage.reply)}`);
  for (const { title } of verdict === "pass" ? warnings : []) output.line(`Note: ${toPrintable(title)}`);
  if (diagnosis) printDiagnosis(diagnosis, output, isFull);
  if (!isFull) return;
  if (probes.length > 0) output.line("\nLooked around:");
  for (const { id, target, result, ms: took } of probes)
    output.line(`  ${id} ${target}: ${toPrintable(result)} (${took} ms)`);
  if (transcript.length > 0) output.line("\nThe dialog, without secrets:");
  const arrows = { us: "->", relay: "<-", note: "**" } as const;
  for (const { atMs, from, encrypted, text } of transcript) {
    output.line(
      `  ${String(Math.round(atMs)).padStart(6)} ${arrows[from]}${encrypted ? "~" : " "} ${toPrintable(text)}`,
    );
  }
}

function toHeadline({ verdict, mode, failedStage }: DiagnosisReport): string {
  if (verdict === "fail") return `FAIL at ${failedStage}`;
  if (verdict === "inconclusive") return "INCONCLUSIVE: the settings were not really tested";
  if (verdict === "blocked_by_policy") return "BLOCKED: this relay may not be connected to";
  return {
    connect: "PASS: the login works; no sender was tried",
    dry_run: "PASS: nothing was sent",
    send: "PASS: the relay took the message",
  }[mode];
}

function printDiagnosis(diagnosis: Diagnosis, output: Output, isFull: boolean): void {
  const {
    title,
    cause,
    confidence,
    steps,
    suggestedPatch,
    reply,
    links,
    alternatives,
    issues = [],
    ruleId,
  } = diagnosis;
  output.line(`\n${output.paint("bold", toPrintable(title))}`);
  output.line(`${toPrintable(cause)} (${confidence})`);
  for (const { path, message } of issues) output.line(`  ${path}: ${toPrintable(message)}`);
  if (reply) output.line(`The relay said: ${toReplyLine(reply)}`);
  if (steps.length > 0) output.line("\nWhat to do:");
  for (const [index, step] of steps.entries()) output.line(`  ${index + 1}. ${toPrintable(step)}`);
  if (suggestedPatch) {
    const settings = Object.entries(suggestedPatch.set).map(([name, value]) => `${name} = ${value}`);
    output.line(
      `Change: ${settings.join(", ")}${suggestedPatch.verified ? " (tried, and it came further)" : ""}`,
    );
  }
  for (const { url } of links) output.line(`See: ${url}`);
  const open = alternatives.filter(({ ruledOutBy }) => isFull || ruledOutBy === undefined);
  if (open.length > 0) output.line(`\n${isFull ? "Other causes:" : "It may also be:"}`);
  for (const { title: other, ruledOutBy } of open)
    output.line(`  ${toPrintable(other)}${ruledOutBy ? ` (ruled out by ${ruledOutBy})` : ""}`);
  if (isFull) output.line(`\nRule: ${ruleId ?? "none fits"}`);
}

/** Relays put the status into their text, and some only there. */
function toReplyLine({ code, enhancedStatus, text }: ServerReply): string {
  const hasStatus = enhancedStatus === undefined || text.startsWith(enhancedStatus);
  return toPrintable(hasStatus ? `${code} ${text}` : `${code} ${enhancedStatus} ${text}`);
}
