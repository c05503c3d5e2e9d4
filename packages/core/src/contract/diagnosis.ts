import type { Actor, Failure, Issue, ServerReply } from "./failure.js";

/**
 * The steps of a set-up, in the order in which an SMTP session takes them (`tls` comes first with implicit TLS). `quota` is no step but the stage that limits of an account belong to.
 */
export type DiagnosisStage =
  | KnownStage
  // A connector over HTTP may have others.
  | (string & {});

type KnownStage =
  | "config"
  | "dns"
  | "tcp"
  | "greeting"
  | "ehlo"
  | "starttls"
  | "tls"
  | "auth"
  | "mail-from"
  | "rcpt-to"
  | "data"
  | "quota";

/**
 * `connect`: up to the login. `dry_run`: on to sender and recipient; no message leaves. `send`: one real message to
 * `recipient`, the only mode that proves that mail can be sent.
 */
export type DiagnosisMode = "connect" | "dry_run" | "send";

export interface DiagnoseOptions {
  /** Default `dry_run`. */
  readonly mode?: DiagnosisMode | undefined;
  /** Ends after this stage, before the mode would. */
  readonly until?: DiagnosisStage | undefined;
  /** Who a dry run asks for and a test message goes to. Required with `send`; otherwise the sender's own address. */
  readonly recipient?: string | undefined;
  /** Ends everything; the report still comes, as `inconclusive`. */
  readonly signal?: AbortSignal | undefined;
  /** For everything, the look around after a failure included. Default: 30 s. */
  readonly timeoutMs?: number | undefined;
}

/** What a diagnosis tells while it runs: each stage as it ends, then the report, always and exactly once, as the last. */
export type DiagnosisEvent = StageReport | DiagnosisReport;

/** One stage, as it ends. */
export interface StageReport {
  readonly type: "stage";
  readonly stage: DiagnosisStage;
  /** `skipped`: not reached, or not part of what was asked for. */
  readonly status: "pass" | "warn" | "fail" | "skipped";
  readonly ms: number;
  /** What was found, in a sentence for a person. */
  readonly summary: string;
  /** Why it is `warn` or `fail`. All of them at once where they are about the settings. */
  readonly findings?: readonly Finding[] | undefined;
  readonly evidence?: StageEvidence | undefined;
}

/** A rule that applies, in short. */
export interface Finding {
  /** Stable, such as `tls.name_mismatch`. */
  readonly ruleId: string;
  readonly severity: "error" | "warning" | "info";
  readonly title: string;
  /** Which setting it is about, where it is about one. */
  readonly field?: string | undefined;
}

/** What a stage's summary rests on. */
export interface StageEvidence {
  /** What the name resolved to; of `tcp`, the address that the connection goes to. */
  readonly addresses?: readonly string[] | undefined;
  readonly reply?: ServerReply | undefined;
  /** What the relay announced in its answer to EHLO. */
  readonly ehlo?:
    | {
        readonly keywords: readonly string[];
        readonly authentication: readonly string[];
        readonly maxMessageBytes?: number | undefined;
      }
    | undefined;
  readonly tls?:
    | {
        readonly protocol?: string | undefined;
        readonly cipher?: string | undefined;
        readonly certificate?: CertificateSummary | undefined;
      }
    | undefined;
}

export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and IP addresses that it is issued for. */
  readonly names: readonly string[];
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** SHA-256 of the certificate, in hex with colons. */
  readonly sha256: string;
}

/**
 * - `pass`: every stage that was asked for passed, warnings allowed.
 * - `fail`: somebody has to act; the diagnosis says who.
 * - `inconclusive`: the settings were not really tested (the network here, a relay that is busy, an abort).
 * - `blocked_by_policy`: this service may not connect to the relay. Then the report says nothing else, whatever is there.
 */
export type DiagnosisVerdict = "pass" | "fail" | "inconclusive" | "blocked_by_policy";

/**
 * - `confirmed`: a probe told the causes apart, or the relay's answer has only one.
 * - `likely`: the answer fits one cause; no probe exists or none ran.
 * - `possible`: several causes remain; `alternatives` names them.
 */
export type DiagnosisConfidence = "confirmed" | "likely" | "possible";

/** The end of a diagnosis. All of it is plain data without secrets. */
export interface DiagnosisReport {
  readonly type: "report";
  readonly verdict: DiagnosisVerdict;
  readonly mode: DiagnosisMode;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly ms: number;
  readonly failedStage?: DiagnosisStage | undefined;
  readonly stages: readonly StageReport[];
  /** With every verdict but `pass`. */
  readonly diagnosis?: Diagnosis | undefined;
  readonly warnings: readonly Finding[];
  /** What was tried after the failure, without credentials, to tell causes apart. */
  readonly probes: readonly ProbeReport[];
  readonly transcript: readonly TranscriptEntry[];
  /** As `verify` would have rejected with it; also where it is no more than a warning, such as a refused test recipient. */
  readonly failure?: Failure | undefined;
  /** In mode `send`, once the relay has taken it. */
  readonly testMessage?:
    | {
        readonly to: string;
        readonly messageId: string;
        readonly relayMessageId?: string | undefined;
        readonly reply: string;
      }
    | undefined;
}

/** Why it does not work, and what to do. */
export interface Diagnosis {
  /** Null: no rule fits; the words then say so, and `reply` is what there is. */
  readonly ruleId: string | null;
  readonly stage: DiagnosisStage;
  readonly confidence: DiagnosisConfidence;
  /** Whose move it is. */
  readonly actor: Actor;
  /** Where it is made. */
  readonly place: "form" | "relay_console" | "dns_zone" | "own_network" | "wait";
  /** Whether the same settings may pass later. */
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly title: string;
  readonly cause: string;
  /** In this order. */
  readonly steps: readonly string[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly alternatives: readonly {
    readonly ruleId: string;
    readonly title: string;
    /** Which probe excluded it; undefined where it is still possible. */
    readonly ruledOutBy?: string | undefined;
  }[];
  readonly suggestedPatch?: SuggestedPatch | undefined;
  /** The relay's own words. */
  readonly reply?: ServerReply | undefined;
  /** All that is wrong with the settings, where they are the cause. */
  readonly issues?: readonly Issue[] | undefined;
}

/** A change of settings. Never a secret, never less security. */
export interface SuggestedPatch {
  /** By wire name, such as `smtp_port`. */
  readonly set: Readonly<Record<string, string | number>>;
  /** The rule that suggests it. */
  readonly because: string;
  /** True only if it was tried, without credentials, and came past the stage that had failed. */
  readonly verified: boolean;
}

export interface ProbeReport {
  /** What was asked, such as `settings` (other port or TLS mode), `banner`, `certificate`, `family`. */
  readonly id: string;
  readonly target: string;
  readonly result: string;
  readonly ms: number;
}

/** One line of the dialog, or a note about it. Of bounded length; without credentials and message content. */
export interface TranscriptEntry {
  /** Milliseconds since the start. */
  readonly atMs: number;
  readonly from: "us" | "relay" | "note";
  /** Inside TLS. */
  readonly encrypted: boolean;
  readonly text: string;
  /** True where something was taken out. */
  readonly redacted?: true | undefined;
}
