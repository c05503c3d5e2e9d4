import type { DomainRecords } from "@getfluxly/email-core";
import {
  createZoneResolver,
  type DnsResolver,
  inspectDomain,
  type ZoneEntry,
} from "@getfluxly/email-deliverability";
import { createNodeResolver } from "@getfluxly/email-deliverability/node";
import type { Command } from "../command-line/command.js";
import { exitCodes } from "../command-line/exit-codes.js";
import { outputOptions, toOutputForm } from "../command-line/output-options.js";
import { parseOptions } from "../command-line/parse-options.js";
import { readJsonFile } from "../command-line/read-json-file.js";
import { readNumber } from "../command-line/read-number.js";
import { UsageError } from "../command-line/usage-error.js";
import { loadRelay } from "../relays/load-relay.js";
import { createOutput } from "../terminal/output.js";
import { printDomain } from "./print-domain.js";

const help = `
Usage: getfluxly-email dns DOMAIN [OPTIONS]

Shows what a sending domain publishes, what is missing or wrong, and the records to publish.

  -r, --relay ID         whose records: brevo, mailgun, mailtrap, postmark, sendgrid, ses, smtp2go
      --connector PATH   a connector of your own
      --include HOST     the SPF include of another relay
  -s, --selector NAME    a DKIM selector that the relay issued; may be repeated
      --server ADDRESS   a DNS server to ask (with :PORT if it is not 53); may be repeated
      --zone FILE        answer from a JSON file instead of the DNS: { "example.com": { "TXT": ["..."] } }
      --timeout SECONDS  for everything; 15 by default
      --json  --ndjson   one JSON document; a line for each record, then the report

Exit codes: 0 ready, 40 records have to be published or changed, 30 the DNS did not answer, 2 usage.`;

const verdictCodes = {
  ready: exitCodes.ok,
  action: exitCodes.records,
  unknown: exitCodes.inconclusive,
} as const;

export const dns: Command = {
  summary: "check SPF, DKIM and DMARC of a sending domain, with the records to publish",
  help,
  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      ...outputOptions,
      relay: { type: "string", short: "r" },
      connector: { type: "string" },
      include: { type: "string" },
      selector: { type: "string", short: "s", multiple: true },
      server: { type: "string", multiple: true },
      zone: { type: "string" },
      timeout: { type: "string" },
    });
    const output = createOutput(terminal, toOutputForm(values));
    const [domain, ...rest] = positionals;
    if (domain === undefined || rest.length > 0)
      throw new UsageError(
        "`dns` takes one domain.",
        "For example: getfluxly-email dns example.com --relay postmark",
      );
    const timeoutMs = (readNumber("timeout", values.timeout, [1, 600]) ?? 15) * 1000;
    const relay = await readRelay(values);
    const resolver = await chooseResolver(values);
    output.progress(`Asking the DNS about ${domain} ...`);
    const report = await inspectDomain({
      domain: toAscii(domain),
      relay,
      selectors: values.selector,
      resolver,
      timeoutMs,
      signal: terminal.signal,
    });
    for (const record of report.records) output.event({ type: "record", record });
    printDomain(report, relay, output);
    const code = verdictCodes[report.verdict];
    output.document({ schema: "dns/1", ...report, exit_code: code });
    return code;
  },
};

async function readRelay(values: {
  readonly relay?: string;
  readonly connector?: string;
  readonly include?: string;
}): Promise<DomainRecords | undefined> {
  const isNamed = values.relay !== undefined || values.connector !== undefined;
  const known = isNamed ? (await loadRelay(values)).definition.domainRecords : undefined;
  if (values.include === undefined) return known;
  const spf = { include: values.include, need: "required" } as const;
  return known ? { ...known, spf } : { source: "--include", verifiedOn: "", spf, dkim: [] };
}

async function chooseResolver(values: {
  readonly zone?: string;
  readonly server?: string[];
}): Promise<DnsResolver> {
  if (values.zone === undefined) {
    try {
      return createNodeResolver({ servers: values.server });
    } catch {
      throw new UsageError("--server takes the IP address of a DNS server.");
    }
  }
  const zone = await readJsonFile(values.zone);
  return createZoneResolver(
    Object.fromEntries(Object.entries(zone).map(([name, entry]) => [name, toEntry(name, entry)])),
  );
}

function toEntry(name: string, entry: unknown): ZoneEntry {
  if (entry === "temporary") return entry;
  const types = ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"] as const;
  const lists = types.map((type) => [type, Object(entry)[type] ?? []] as const);
  const isList = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((each) => typeof each === "string");
  if (lists.every(([, list]) => isList(list))) return Object.fromEntries(lists);
  throw new UsageError(
    `The records of ${name} are not lists of texts.`,
    'Write { "example.com": { "TXT": ["v=spf1 -all"], "MX": ["10 mx.example.com"] } }.',
  );
}

/** International names in the form in which the DNS has them. */
function toAscii(domain: string): string {
  const host = URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : "";
  if (host !== "" && !domain.includes("/") && !domain.includes("@")) return host;
  throw new UsageError(
    `${JSON.stringify(domain)} is not a domain.`,
    "Give what stands behind the @ of the From address.",
  );
}
