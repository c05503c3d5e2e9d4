import { isDomainName } from "../dns/is-domain-name.js";
import { expandMacros } from "./expand-macros.js";
import { findExplanation } from "./find-explanation.js";
import { isSpfRecord } from "./is-spf-record.js";
import type { MacroString } from "./macro-string.js";
import { matchMechanism } from "./match-mechanism.js";
import { parseSpfRecord } from "./parse-spf-record.js";
import { SpfError } from "./spf-error.js";
import type { SpfEvaluation } from "./spf-evaluation.js";
import type { SpfQualifier, SpfRecord } from "./spf-record.js";
import type { SpfResultCode } from "./spf-result.js";
import type { SpfClient, SpfScope, SpfVerdict } from "./spf-scope.js";
import { toPreferredName } from "./to-preferred-name.js";
import { truncateName } from "./truncate-name.js";

const results: Readonly<Record<SpfQualifier, SpfResultCode>> = {
  "+": "pass",
  "-": "fail",
  "~": "softfail",
  "?": "neutral",
};

/** Evaluates the record of a domain and those that it includes or redirects to. Throws SpfError for none and both errors. */
export async function evaluateDomain(
  domain: string,
  client: SpfClient,
  evaluation: SpfEvaluation,
  isIncluded = false,
): Promise<SpfVerdict> {
  const record = await readRecord(domain, evaluation);
  const scope = createScope(domain, client, evaluation);
  for (const term of record.terms) {
    if (!("qualifier" in term) || !(await matchMechanism(term, scope))) continue;
    const result = results[term.qualifier];
    const isExplained = result === "fail" && !isIncluded;
    const explanation = isExplained
      ? await findExplanation(
          record.terms.find((term) => term.kind === "exp"),
          scope,
        )
      : undefined;
    return { result, explanation, mechanism: term.source };
  }
  const redirect = record.terms.find((term) => term.kind === "redirect");
  if (redirect === undefined) return { result: "neutral" };
  evaluation.countLookup();
  const target = await scope.toName(redirect.domain);
  try {
    return await evaluateDomain(target, client, evaluation, isIncluded);
  } catch (error) {
    if (!(error instanceof SpfError) || error.result !== "none") throw error;
    throw new SpfError("permerror", `\`${redirect.source}\` leads to no record: ${error.message}`);
  }
}

async function readRecord(domain: string, evaluation: SpfEvaluation): Promise<SpfRecord> {
  if (!isDomainName(domain) || !/[^.]\.[^.]/.test(domain)) {
    throw new SpfError("none", `${JSON.stringify(domain)} is not a domain name that can have a record.`);
  }
  const records = (await evaluation.texts(domain)).filter(isSpfRecord);
  const [source] = records;
  if (source === undefined) throw new SpfError("none", `${domain} publishes no SPF record.`);
  if (records.length > 1)
    throw new SpfError("permerror", `${domain} publishes ${records.length} SPF records.`);
  const record = parseSpfRecord(source);
  const [problem] = record.problems;
  if (problem !== undefined) {
    throw new SpfError(
      "permerror",
      `The record of ${domain} is wrong at \`${problem.term}\`: ${problem.message}`,
    );
  }
  return record;
}

function createScope(domain: string, client: SpfClient, evaluation: SpfEvaluation): SpfScope {
  const validatedName = () => toPreferredName(client.address, domain, evaluation);
  const values = { ...client, domain, validatedName };
  const counted = {
    ...values,
    validatedName: () => {
      evaluation.countLookup();
      return validatedName();
    },
  };
  return {
    client,
    evaluation,
    toName: async (text) => (text === undefined ? domain : truncateName(await expandMacros(text, counted))),
    expand: (text: MacroString) => expandMacros(text, values),
    evaluate: (target) => evaluateDomain(target, client, evaluation, true),
  };
}
