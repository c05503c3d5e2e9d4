import type { Diagnosis, DiagnosisEvent, DiagnosisReport } from "@getfluxly/email-core";
import { toSnakeCase } from "../http/to-snake-case.js";
import { toWireFailure } from "../http/to-wire-failure.js";

type Redact = (text: string) => string;

/** A stage or a report in the spelling of HTTP bodies, without what the settings hold secret. */
export function toWireEvent(event: DiagnosisEvent, redact: Redact): Record<string, unknown> {
  if (event.type === "stage") return redactAll(toSnakeCase({ ...event }), redact);
  const { failure, ...report } = event;
  return redactAll(
    { ...toSnakeCase(report), ...(failure && { failure: { ...toWireFailure(failure) } }) },
    redact,
  );
}

/** The explanation alone, as create and test answer with it. */
export function toWireDiagnosis(
  diagnosis: Diagnosis | undefined,
  redact: Redact,
  { verdict, failedStage, probes }: Partial<DiagnosisReport> = {},
): Record<string, unknown> | undefined {
  return diagnosis && redactAll(toSnakeCase({ verdict, failedStage, ...diagnosis, probes }), redact);
}

function redactAll<Value extends object>(value: Value, redact: Redact): Value {
  return visit(value, redact) as Value;
}

/** The shape stays: only texts change. */
function visit(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => visit(item, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member, redact)]));
}
