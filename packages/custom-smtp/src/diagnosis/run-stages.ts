import type { DiagnosisMode, DiagnosisStage, StageEvidence, StageReport } from "@getfluxly/email-core";
import { openConnection } from "../session/open-connection.js";
import type { Progress, SmtpStage } from "../session/progress.js";
import { rehearse } from "../session/rehearse.js";
import type { SmtpReply } from "../session/reply.js";
import { toServerReply } from "../session/reply.js";
import type { SessionOptions } from "../session/session-options.js";
import type { SessionRecord } from "../session/session-record.js";
import type { Transcript } from "./create-transcript.js";
import { toCertificateSummary } from "./to-certificate-summary.js";

/** What was learned on the way, whether it ended well or not. */
export interface Course {
  stage: DiagnosisStage;
  addresses: readonly string[];
  banner: string | undefined;
  keywords: readonly string[];
  authentication: readonly string[];
}

export interface StagesOptions {
  readonly session: SessionOptions;
  readonly mode: DiagnosisMode;
  readonly until: DiagnosisStage | undefined;
  readonly envelope: { readonly from: string; readonly to: string };
  readonly transcript: Transcript;
  readonly course: Course;
  readonly progress: Progress;
  /** Called with each stage as it passes. */
  onStage(stage: StageReport): void;
  /** Called as each begins. */
  onBegin(stage: DiagnosisStage): void;
}

/** Thrown through a session that need go no further. */
class Enough extends Error {}

const quitTimeoutMs = 500;

/**
 * The same session that delivers mail, told stage by stage. Rejects with what the session rejects with; `course` and
 * `progress` say how far it came.
 */
export async function runStages(options: StagesOptions): Promise<void> {
  const { session, mode, until, envelope, transcript, course, progress } = options;
  let isEncrypted = false;
  let evidence: StageEvidence = {};
  let lastReply: SmtpReply | undefined;
  let since = performance.now();
  const told = new Set<DiagnosisStage>();

  function pass(stage: DiagnosisStage): void {
    if (told.has(stage)) return;
    told.add(stage);
    const reply = lastReply && toServerReply(lastReply, session.redact);
    const isSaid = !["dns", "tcp", "tls"].includes(stage);
    const own = { ...evidence, ...(isSaid && reply && { reply }) };
    options.onStage({
      type: "stage",
      stage,
      status: "pass",
      ms: Math.round(performance.now() - since),
      summary: summaries[stage]?.(own, session) ?? "Passed.",
      ...(Object.keys(own).length > 0 && { evidence: own }),
    });
  }
  /** The session says where it is; whatever was before has passed. */
  function enter(next: DiagnosisStage): void {
    const previous = course.stage;
    if (next === previous) return;
    // The second EHLO, inside TLS, belongs to the handshake.
    if (previous !== "config" && !(previous === "ehlo" && told.has("starttls"))) pass(previous);
    evidence = {};
    lastReply = undefined;
    since = performance.now();
    course.stage = next;
    if (until !== undefined && told.has(until)) throw new Enough();
    options.onBegin(next);
  }

  const record: SessionRecord = {
    resolved(addresses) {
      course.addresses = addresses;
      evidence = { addresses };
    },
    connected(address) {
      evidence = { addresses: [address] };
      transcript.note(`connected to ${address}, port ${reachedPort(session)}`);
    },
    secured(socket) {
      isEncrypted = true;
      const certificate = toCertificateSummary(socket);
      const protocol = socket.getProtocol() ?? undefined;
      evidence = { tls: { protocol, cipher: socket.getCipher()?.name, ...(certificate && { certificate }) } };
      transcript.note(`TLS established: ${protocol ?? "unknown"}`);
    },
    said: (line) => transcript.said(line, isEncrypted),
    heard(reply) {
      transcript.heard(reply, isEncrypted);
      lastReply = reply;
      course.banner ??= reply.lines[0];
      if (course.stage !== "ehlo" || reply.code !== 250) return;
      const keywords = reply.lines
        .slice(1)
        .map((line) => line.trim())
        .filter((line) => line !== "");
      const authentication = keywords.flatMap(
        (line) => /^AUTH[ =](.*)$/i.exec(line)?.[1]?.toUpperCase().split(/\s+/) ?? [],
      );
      const size = keywords
        .map((line) => /^SIZE (\d{1,15})$/i.exec(line)?.[1])
        .find((it) => it !== undefined);
      course.keywords = keywords;
      course.authentication = authentication;
      const maxMessageBytes = Number(size) > 0 ? Number(size) : undefined;
      evidence = { ehlo: { keywords, authentication, ...(maxMessageBytes && { maxMessageBytes }) } };
    },
  };
  // The session sets its stage as it goes; here is who listens.
  let stage: SmtpStage = progress.stage;
  Object.defineProperty(progress, "stage", {
    get: () => stage,
    set(next: SmtpStage) {
      stage = next;
      const known = toStage(next);
      if (known) enter(known);
    },
  });

  try {
    const connection = await openConnection({ ...session, record }, progress);
    try {
      if (mode === "connect") enter("verify");
      else await rehearse(connection, envelope, { redact: session.redact }, progress);
      connection.wire.assertQuiet();
      await connection.wire.quit(quitTimeoutMs);
    } finally {
      connection.wire.destroy();
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
}

/** Stages of a session that are stages of a diagnosis; `rset` ends what was asked for. */
function toStage(stage: SmtpStage): DiagnosisStage | undefined {
  if (stage === "queue") return undefined;
  return stage === "rset" ? "verify" : stage;
}

/** The one that was reached is the first from then on. */
const reachedPort = ({ port, portOrder }: SessionOptions) => portOrder?.ports[0] ?? port;

type Summary = (evidence: StageEvidence, session: SessionOptions) => string;

const summaries: Readonly<Record<string, Summary>> = {
  dns: ({ addresses = [] }, { host }) => `${host} is ${addresses.slice(0, 4).join(", ")}.`,
  tcp: ({ addresses = [] }, session) =>
    `${addresses[0] ?? "The relay"} accepts connections on port ${reachedPort(session)}.`,
  greeting: ({ reply }) => `The relay greets: ${reply?.text ?? ""}`,
  ehlo: ({ ehlo }) =>
    `It offers ${ehlo?.keywords.map((keyword) => keyword.split(" ")[0]).join(", ") || "no extensions"}.`,
  starttls: () => "It agrees to encrypt.",
  tls: ({ tls }) =>
    `${tls?.protocol ?? "TLS"}, certificate for ${tls?.certificate?.names.slice(0, 3).join(", ") ?? "the host"}, valid until ${tls?.certificate?.notAfter.slice(0, 10) ?? "an unknown date"}.`,
  auth: ({ reply }) => `The login is accepted: ${reply?.text ?? ""}`,
  "mail-from": () => "The sender is accepted.",
  "rcpt-to": () => "The recipient is accepted.",
};
