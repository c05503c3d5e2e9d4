import { parseTagList } from "../text/parse-tag-list.js";
import type { DmarcPolicy, DmarcRecord } from "./dmarc-record.js";

const historic = ["pct", "rf", "ri"];

/** Whether a TXT record means to be a DMARC record. */
export function isDmarcRecord(text: string): boolean {
  return /^v\s*=\s*DMARC1\s*(;|$)/.test(text);
}

/** Takes a record apart by RFC 9989 section 4.7; a text says why it counts as none. */
export function parseDmarcRecord(text: string): DmarcRecord | string {
  const tags = parseTagList(text);
  if (tags === undefined) return "It is not a list of `tag=value` separated by `;`.";
  const remarks: string[] = [];
  for (const tag of historic.filter((name) => tags.has(name)))
    remarks.push(`\`${tag}=\` is history and ignored (RFC 9989).`);
  const uris = (tags.get("rua") ?? "").split(",").map((uri) => uri.trim().replace(/![0-9]+[kmgt]?$/i, ""));
  const reportUris = uris.filter((uri) => /^[a-z][a-z0-9+.-]*:/i.test(uri));
  if (tags.has("rua") && reportUris.length < uris.length)
    remarks.push("An address in `rua=` has to begin with `mailto:`.");
  const policy = read(tags.get("p"));
  if (policy === undefined) {
    if (reportUris.length === 0) return "`p=` has to be none, quarantine or reject.";
    remarks.push("`p=` is missing or wrong and counts as `none`.");
  }
  const inForce = policy ?? "none";
  const subdomainPolicy = read(tags.get("sp")) ?? inForce;
  return {
    policy: inForce,
    subdomainPolicy,
    missingDomainPolicy: read(tags.get("np")) ?? subdomainPolicy,
    dkimAlignment: tags.get("adkim")?.toLowerCase() === "s" ? "strict" : "relaxed",
    spfAlignment: tags.get("aspf")?.toLowerCase() === "s" ? "strict" : "relaxed",
    publicSuffix: toSuffix(tags.get("psd")),
    isTesting: tags.get("t")?.toLowerCase() === "y",
    reportUris,
    remarks,
  };
}

function read(text: string | undefined): DmarcPolicy | undefined {
  const lower = text?.toLowerCase();
  return lower === "none" || lower === "quarantine" || lower === "reject" ? lower : undefined;
}

function toSuffix(text: string | undefined): "y" | "n" | "u" {
  const lower = text?.toLowerCase();
  return lower === "y" || lower === "n" ? lower : "u";
}
