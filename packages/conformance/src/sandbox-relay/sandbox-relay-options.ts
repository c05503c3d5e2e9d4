import type { Fault } from "./fault.js";
import type { RelayCertificateKind } from "./relay-certificate.js";
import type { IssuedCertificate } from "./test-certificate-authority.js";

export type TlsVersion = "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
export type AuthenticationMechanism = "PLAIN" | "LOGIN" | "XOAUTH2";

export interface SandboxRelayOptions {
  /** Default `starttls`. `implicit` is what port 465 does. */
  readonly tls?: "starttls" | "implicit" | "none" | undefined;
  /** Loopback only. Default `127.0.0.1`. */
  readonly host?: "127.0.0.1" | "::1" | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** The name in greeting and EHLO. Default `sandbox-relay.test`. */
  readonly name?: string | undefined;

  /** Passwords (for XOAUTH2: access tokens) by user name. Default `{ sandbox: "sandbox-password" }`. */
  readonly users?: Readonly<Record<string, string>> | undefined;
  /**
   * Default `required`: no mail without a login (530). `optional`: with or without. `not_offered`: AUTH is neither
   * announced nor understood, and mail is taken without it, as from an in-house relay.
   */
  readonly authentication?: "required" | "optional" | "not_offered" | undefined;
  /** Default `["PLAIN", "LOGIN"]`. */
  readonly mechanisms?: readonly AuthenticationMechanism[] | undefined;
  /** Announce and take AUTH outside TLS. Default: only with `tls: "none"`; otherwise it gets 538. */
  readonly authenticationInClear?: boolean | undefined;
  /**
   * Answers 250 to each command that it does not know and to AUTH (so a login is never confirmed, which takes 235), and takes mail
   * without a login. A client that believes it is logged in here is wrong.
   */
  readonly acceptsEverything?: boolean | undefined;

  /** Default `valid`: from `certificateAuthority`, for localhost, 127.0.0.1, ::1 and `certificateNames`. Or one of your own. */
  readonly certificate?: RelayCertificateKind | IssuedCertificate | undefined;
  readonly certificateNames?: readonly string[] | undefined;
  /** Default TLSv1.2. Below that, the relay also takes the ciphers of that time. */
  readonly minimumTlsVersion?: TlsVersion | undefined;
  /** Default TLSv1.3. */
  readonly maximumTlsVersion?: TlsVersion | undefined;
  /**
   * With `tls: "starttls"`. Default `offered`. `not_offered`: not announced, not understood. `refused`: announced, answered
   * with 454. `injected`: replies that the client never asked for stand behind the 220 in one packet, before the handshake
   * (CVE-2011-0411, from the other side).
   */
  readonly starttls?: "offered" | "not_offered" | "refused" | "injected" | undefined;

  /** What EHLO announces. */
  readonly extensions?: SandboxRelayExtensions | undefined;

  /** Reply by recipient, 4xx or 5xx, such as `{ "nobody@example.test": "550 5.1.1 No such user" }`. Case does not matter. */
  readonly rejectRecipients?: Readonly<Record<string, string>> | undefined;
  /** The same for the sender in MAIL FROM; the null reverse-path is `""`. */
  readonly rejectSenders?: Readonly<Record<string, string>> | undefined;

  readonly faults?: readonly Fault[] | undefined;
}

/** All default to true, and `size` to 25 MiB. */
export interface SandboxRelayExtensions {
  /** RFC 2920. */
  readonly pipelining?: boolean | undefined;
  /** RFC 6152. */
  readonly eightBitMime?: boolean | undefined;
  /** RFC 6531. */
  readonly smtputf8?: boolean | undefined;
  /** RFC 1870: the limit in octets; what is larger gets 552. False: neither announced nor limited. */
  readonly size?: number | false | undefined;
  /** RFC 3461. */
  readonly dsn?: boolean | undefined;
  /** RFC 2034: both the announcement and the codes in the replies. */
  readonly enhancedStatusCodes?: boolean | undefined;
}
