import type { DomainRecords } from "@getfluxly/email-core";
import type { DomainReport, RecordReport, SpfLookup } from "@getfluxly/email-deliverability";
import type { Output } from "../terminal/output.js";
import { toPrintable } from "../terminal/to-printable.js";

const marks: Readonly<Record<RecordReport["state"], string>> = {
  ok: "\u2713",
  missing: "\u2717",
  incomplete: "\u2717",
  invalid: "\u2717",
  multiple: "\u2717",
  temporary: "?",
  not_checked: "?",
};

/** The report for people: a table, what to do, records to copy. */
export function printDomain(report: DomainReport, relay: DomainRecords | undefined, output: Output): void {
  const { paint } = output;
  const width = Math.max(...report.records.map(({ name }) => name.length));
  for (const record of report.records) {
    const isFault = record.findings.some(({ severity }) => severity === "error");
    const isAdvice = record.need === "optional" && !isFault;
    const mark = isAdvice && record.state === "missing" ? "-" : marks[record.state];
    const style = isFault ? "red" : record.state === "ok" ? "green" : isAdvice ? "dim" : "yellow";
    const [first = "", ...more] = record.found.map(toPrintable);
    const state = record.state.replace("_", " ").padEnd(11);
    output.line(
      `${paint(style, `${mark} ${state}`)} ${record.purpose.padEnd(11)} ${record.type.padEnd(5)} ${record.name.padEnd(width)}  ${first}`.trimEnd(),
    );
    for (const text of more) output.line(`${" ".repeat(34 + width)}${text}`);
  }
  printFindings(report, output);
  if (report.spf.lookups) {
    const { total, isLowerBound, tree } = report.spf.lookups;
    output.line(`\nSPF needs ${isLowerBound ? "at least " : ""}${total} of 10 lookups:`);
    printTree(tree, "  ", output);
  }
  if (report.publish.length > 0)
    output.line(`\n${paint("bold", "Publish (in place of what is there under the same name and type):")}`);
  for (const record of report.publish) {
    const { name, type, value, strings = [] } = record;
    const isOptional = report.records.some(({ publish, need }) => publish === record && need === "optional");
    output.line(`\n  ${name}  ${type}${isOptional ? "  (optional)" : ""}\n  ${value}`);
    if (strings.length > 1)
      output.line(`  in a zone file: ${strings.map((text) => JSON.stringify(text)).join(" ")}`);
  }
  const { now, planned } = report.alignment;
  output.line(
    `\nDMARC for mail from ${report.domain}: ${now.verdict} now, ${planned.verdict} once all of it is published.`,
  );
  for (const each of [
    ...(planned.spf ? [{ ...planned.spf, by: "SPF" }] : []),
    ...planned.dkim.map((dkim) => ({ ...dkim, by: "DKIM" })),
  ]) {
    output.line(
      `  ${each.by.padEnd(4)} ${each.aligned ? "aligned" : "not aligned"} (${each.mode}): ${each.reason}`,
    );
  }
  if (relay && relay.verifiedOn !== "")
    output.line(`\nThe relay's page: ${relay.source} (read on ${relay.verifiedOn})`);
}

function printFindings(report: DomainReport, output: Output): void {
  const all = [
    ...report.findings,
    ...report.records
      .filter(({ need }) => need !== "optional" || report.spf.need === "optional")
      .flatMap(({ findings }) => findings),
  ];
  const texts = { error: "red", warning: "yellow", note: "dim" } as const;
  const shown = all.filter(({ code }) => !/^(mta-sts|tls-rpt|bimi)_missing$/.test(code));
  if (shown.length > 0) output.line();
  for (const { severity, message } of shown)
    output.line(`${output.paint(texts[severity], `${severity}:`.padEnd(8))} ${toPrintable(message)}`);
}

function printTree(tree: readonly SpfLookup[], indent: string, output: Output): void {
  for (const { term, lookups, behind, problem } of tree) {
    output.line(
      `${indent}${String(lookups).padStart(2)} ${toPrintable(term)}${problem ? "  <- " : ""}${toPrintable(problem ?? "")}`,
    );
    printTree(behind, `${indent}   `, output);
  }
}
