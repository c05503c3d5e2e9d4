import type { Diagnosis } from "@getfluxly/email-core";
import { toDiagnosis } from "@getfluxly/email-core/diagnosis";
import { matches } from "./matches.js";
import type { Finding, Observation } from "./observation.js";
import type { Rule } from "./rule.js";
import { rules as ownRules } from "./rules/index.js";

/**
 * Why a set-up failed and what to do, by the rules: the first that fits, unless what the probes found speaks against it and
 * for one that looks the same. Pure, so that a host can explain what it stored. Without a rule it says so.
 */
export function explainFailure(observation: Observation, rules: readonly Rule[] = ownRules): Diagnosis {
  const findings = observation.findings ?? [];
  const first = rules.find((rule) => matches(rule, observation));
  if (!first)
    return toDiagnosis({
      name: "EmailError",
      certainty: "not_sent",
      ...observation.failure,
      stage: observation.stage,
    });
  const named = (first.alternatives ?? []).flatMap((id) => rules.find((rule) => rule.id === id) ?? []);
  const candidates = [first, ...named].map((rule) => ({
    rule,
    verdict: rule.judge?.(findings, observation),
  }));
  const confirmed = candidates.find(({ verdict }) => verdict === true);
  const open = candidates.filter(({ verdict }) => verdict !== false);
  const { rule } = confirmed ?? open[0] ?? { rule: first };
  const others = candidates.filter((it) => it.rule !== rule);
  const isAlone = others.every(({ verdict }) => verdict === false);
  const patch = rule.patch?.(observation, findings);
  const { failure } = observation;
  return {
    ruleId: rule.id,
    stage: rule.stage,
    confidence: confidenceOf(rule, {
      isConfirmed: confirmed !== undefined,
      isAlone,
      hasOthers: others.length > 0,
    }),
    actor: rule.actor,
    place: rule.place,
    retryable: rule.retryable ?? false,
    ...(rule.retryAfterMs !== undefined && { retryAfterMs: rule.retryAfterMs }),
    title: fill(rule.title, observation),
    cause: fill(rule.cause, observation),
    steps: rule.steps.map((step) => fill(step, observation)),
    links: (rule.links ?? []).map((url) => ({ title: new URL(url).hostname, url })),
    alternatives: others.map(({ rule: { id, title }, verdict }) => ({
      ruleId: id,
      title: fill(title, observation),
      ...(verdict === false && { ruledOutBy: probesOf(findings) }),
    })),
    ...(patch && { suggestedPatch: { ...patch, because: rule.id } }),
    ...(failure.reply && { reply: failure.reply }),
    ...(failure.issues && { issues: failure.issues }),
  };
}

function confidenceOf(
  rule: Rule,
  state: { readonly isConfirmed: boolean; readonly isAlone: boolean; readonly hasOthers: boolean },
): Diagnosis["confidence"] {
  if (state.isConfirmed) return "confirmed";
  if (state.hasOthers) return state.isAlone ? "likely" : "possible";
  return rule.confidence ?? "likely";
}

const probesOf = (findings: readonly Finding[]) => findings.map(({ probe }) => probe).join(", ") || "none";

/** `{host}` and the like. */
function fill(text: string, { settings, addresses, findings = [] }: Observation): string {
  const certificate = findings.find((it) => it.probe === "certificate");
  const values: Readonly<Record<string, string | undefined>> = {
    host: settings?.host,
    port: settings && String(settings.port),
    mode: settings?.tlsMode,
    username: settings?.username,
    from: settings?.from,
    to: settings?.to,
    address: addresses?.[0],
    names: certificate?.names.slice(0, 5).join(", "),
    validity: certificate?.validity && toPeriod(certificate.validity),
    sameAddress: certificate?.sameAddress.slice(0, 3).join(", ") || certificate?.names.slice(0, 3).join(", "),
  };
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] || fallbacks[name]) ?? whole);
}

const toPeriod = ([from, to]: readonly [string, string]) => `from ${from.slice(0, 10)} to ${to.slice(0, 10)}`;

const fallbacks: Readonly<Record<string, string>> = {
  host: "the relay",
  port: "the port",
  mode: "the TLS mode",
  username: "the user name",
  from: "from_email",
  to: "the recipient",
  address: "its address",
  names: "other names",
  validity: "at another time only",
  sameAddress: "the name that the relay's pages give",
};
