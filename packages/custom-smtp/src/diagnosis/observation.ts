import type { DiagnosisStage, Failure } from "@getfluxly/email-core";

/** What the settings were, without their secret. */
export interface ObservedSettings {
  readonly host: string;
  readonly port: number;
  readonly tlsMode: "starttls" | "ssl" | "none";
  readonly username: string;
  readonly hasPassword: boolean;
  /** What is odd about the password, by its form alone: `blank-at-end`, `spaced-groups`. */
  readonly passwordForm?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What a probe found out. */
export type Finding =
  /** The other settings under which the relay answered, the preferred one first. */
  | {
      readonly probe: "settings";
      readonly works: readonly { readonly port: number; readonly tlsMode: "starttls" | "ssl" }[];
    }
  /** What is behind the port. */
  | {
      readonly probe: "banner";
      readonly service: "smtp" | "tls" | "imap" | "pop3" | "http" | "ssh" | "other" | "silent" | "closed";
    }
  | {
      readonly probe: "certificate";
      readonly names: readonly string[];
      /** Names of the certificate that lead to the same address. */
      readonly sameAddress: readonly string[];
      readonly selfSigned: boolean;
      readonly protocol: string | undefined;
      /** ISO 8601, first and last moment. */
      readonly validity?: readonly [from: string, to: string] | undefined;
    }
  | { readonly probe: "family"; readonly ipv4: boolean | undefined; readonly ipv6: boolean | undefined };

/**
 * All that is known of a failure. Plain data: a host may store it and have it explained later, by a newer version with more
 * rules.
 */
export interface Observation {
  readonly failure: Pick<Failure, "code" | "stage" | "message" | "remedy" | "actor" | "retryable"> &
    Partial<Pick<Failure, "reply" | "issues" | "retryAfterMs">>;
  /** Of Node or OpenSSL, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  readonly systemCode?: string | undefined;
  readonly stage: DiagnosisStage;
  readonly settings?: ObservedSettings | undefined;
  /** Of the last EHLO. */
  readonly keywords?: readonly string[] | undefined;
  readonly authentication?: readonly string[] | undefined;
  /** The first line that the relay said. */
  readonly banner?: string | undefined;
  readonly addresses?: readonly string[] | undefined;
  readonly findings?: readonly Finding[] | undefined;
}
