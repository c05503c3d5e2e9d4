import { ask } from "../dns/ask.js";
import type { DnsResolver } from "../dns/dns-resolver.js";
import type { RecordReport } from "../report/record-report.js";
import { toTemporaryReport } from "../report/to-temporary-report.js";

interface OptionalRecord {
  readonly purpose: "mta-sts" | "tls-rpt" | "bimi";
  readonly host: string;
  readonly version: string;
  /** What a whole record has besides its version. */
  readonly needs: RegExp;
  readonly advice: string;
}

const optionalRecords: readonly OptionalRecord[] = [
  {
    purpose: "mta-sts",
    host: "_mta-sts",
    version: "STSv1",
    needs: /;\s*id\s*=\s*[a-z0-9]{1,32}\s*(;|$)/i,
    advice: "MTA-STS (RFC 8461) protects mail to this domain on its way; sending does not need it.",
  },
  {
    purpose: "tls-rpt",
    host: "_smtp._tls",
    version: "TLSRPTv1",
    needs: /;\s*rua\s*=\s*(mailto|https):/i,
    advice:
      "TLS reports (RFC 8460) say when mail to this domain met a broken TLS set-up; sending does not need them.",
  },
  {
    purpose: "bimi",
    host: "default._bimi",
    version: "BIMI1",
    needs: /;\s*[la]\s*=/i,
    advice:
      "BIMI shows a logo beside the mail where DMARC is at quarantine or reject; delivery does not need it.",
  },
];

/** Records that are good to have. Never a fault: what is not there is a note, what is broken a warning. */
export async function inspectOptional(
  domain: string,
  resolver: DnsResolver,
  signal?: AbortSignal,
): Promise<RecordReport[]> {
  return Promise.all(
    optionalRecords.map(async ({ purpose, host, version, needs, advice }): Promise<RecordReport> => {
      const name = `${host}.${domain}`;
      const base = { purpose, need: "optional", name, type: "TXT" } as const;
      const answer = await ask(resolver, name, "TXT", signal);
      if (answer.status === "temporary") return toTemporaryReport(base, answer.reason);
      const texts = answer.status === "found" ? answer.records : [];
      const found = texts.filter((text) => new RegExp(`^v\\s*=\\s*${version}\\s*(;|$)`).test(text));
      if (found.length === 0)
        return {
          ...base,
          state: "missing",
          found,
          findings: [{ code: `${purpose}_missing`, severity: "note", message: advice }],
        };
      const isWhole = found.length === 1 && found.every((text) => needs.test(text));
      if (isWhole) return { ...base, state: "ok", found, findings: [] };
      const message =
        found.length > 1
          ? `${name} has ${found.length} such records, which counts as none.`
          : `The record of ${name} is not whole. ${advice}`;
      return {
        ...base,
        state: found.length > 1 ? "multiple" : "invalid",
        found,
        findings: [{ code: `${purpose}_invalid`, severity: "warning", message }],
      };
    }),
  );
}
