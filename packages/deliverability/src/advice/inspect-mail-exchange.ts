import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import type { RecordReport } from "../report/record-report.js";
import { toTemporaryReport } from "../report/to-temporary-report.js";

/** Whether replies and bounces to the From domain arrive somewhere. */
export async function inspectMailExchange(
  domain: string,
  resolver: DnsResolver,
  signal?: AbortSignal,
): Promise<RecordReport> {
  const base = { purpose: "mx", need: "recommended", name: domain, type: "MX" } as const;
  const answer = await ask(resolver, domain, "MX", signal);
  if (answer.status === "temporary") {
    return toTemporaryReport(base, answer.reason, `The MX records of ${domain}`);
  }
  const records = answer.status === "found" ? answer.records : [];
  if (records.length > 0 && records.every((record) => !record.endsWith(" .")))
    return { ...base, state: "ok", found: records, findings: [] };
  const what = records.length > 0 ? `${domain} says that it takes no mail` : `${domain} has no MX record`;
  const message = `${what}: replies and bounces to it are lost, and some receivers refuse such senders. Give it one, or use a From address that can be answered.`;
  return {
    ...base,
    state: records.length > 0 ? "invalid" : "missing",
    found: records,
    findings: [{ code: "mx_missing", severity: "warning", message }],
  };
}
