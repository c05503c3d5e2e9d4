import type { Actor, Diagnosis, DiagnosisStage, EmailErrorCode, SuggestedPatch } from "@getfluxly/email-core";
import type { Finding, Observation } from "./observation.js";

/** All that is given has to hold. */
export interface Condition {
  /** Where the failure showed. */
  readonly at?: readonly DiagnosisStage[] | undefined;
  readonly code?: readonly EmailErrorCode[] | undefined;
  readonly system?: readonly string[] | undefined;
  readonly reply?: readonly number[] | undefined;
  /** Of the RFC 3463 status. */
  readonly enhanced?: RegExp | undefined;
  /** Of the reply's text, in any letter case. */
  readonly text?: RegExp | undefined;
  readonly that?: ((observation: Observation) => boolean) | undefined;
}

export interface Rule {
  /** Stable. */
  readonly id: string;
  /** Where the cause is, which may be before the place where it shows. */
  readonly stage: DiagnosisStage;
  readonly severity?: "error" | "warning" | "info" | undefined;
  readonly title: string;
  readonly cause: string;
  readonly steps: readonly string[];
  readonly actor: Actor;
  readonly place: Diagnosis["place"];
  /** Whether the same settings may pass later. */
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly links?: readonly string[] | undefined;
  /** Any of them. */
  readonly when: readonly Condition[];
  /** A unique answer confirms by itself. Default: `likely`. */
  readonly confidence?: Diagnosis["confidence"] | undefined;
  /** Rules that look the same until a probe tells them apart. */
  readonly alternatives?: readonly string[] | undefined;
  /** What a probe says about this rule: that it is so, that it is not, or nothing. */
  readonly judge?:
    | ((findings: readonly Finding[], observation: Observation) => boolean | undefined)
    | undefined;
  /** Settings that would help; `verified` where a probe has tried them. */
  readonly patch?:
    | ((
        observation: Observation,
        findings: readonly Finding[],
      ) => Omit<SuggestedPatch, "because"> | undefined)
    | undefined;
  /** A configuration that is right, though the stage did not pass: a warning and no failure. */
  readonly passes?: boolean | undefined;
}
