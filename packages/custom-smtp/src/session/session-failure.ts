import { EmailError, isEmailError } from "@getfluxly/email-core";
import { certificateProblem } from "./certificate-problem.js";
import { connectFailure, lookupFailure } from "./connection-failure.js";
import { errorCode } from "./error-code.js";
import type { Progress, SmtpStage } from "./progress.js";
import { Refusal } from "./refusal.js";
import { refusalFailure } from "./refusal-failure.js";
import { toServerReply } from "./reply.js";
import { HandshakeError } from "./secure.js";
import type { SessionOptions } from "./session-options.js";
import { WireError, type WireErrorKind } from "./wire-error.js";

type Context = Pick<SessionOptions, "host" | "port" | "redact">;

/** Whatever went wrong in a session, as the error that says who must act and whether the message may be out. */
export function toSessionFailure(error: unknown, progress: Progress, context: Context): EmailError {
  if (isEmailError(error)) return error;
  if (error instanceof Refusal) return refusal(error, progress, context);
  if (error instanceof HandshakeError) return handshakeFailure(error, context);
  if (error instanceof WireError) return wireFailure(error, progress, context);
  if (progress.stage === "dns") return lookupFailure(error, context);
  if (progress.stage === "tcp") return connectFailure(error, context);
  return new EmailError({
    code: "provider-failed",
    message: "The connector failed unexpectedly.",
    stage: progress.stage,
    certainty: progress.terminatorReleased ? "unknown" : "not_sent",
    cause: error,
  });
}

function refusal(error: Refusal, progress: Progress, { redact }: Context): EmailError {
  if (error.wellFormed) return refusalFailure(toServerReply(error.reply, redact), progress.stage);
  if (progress.terminatorReleased) return unknownOutcome("violation", error);
  return violation(`it answered ${error.reply.code}, which means nothing here`, progress);
}

function wireFailure(error: WireError, progress: Progress, context: Context): EmailError {
  const { stage, terminatorReleased } = progress;
  // An abort by a deadline is silence; an abort by the caller is the caller's.
  const byCaller = error.kind === "aborted" && !isTimeout(error.cause);
  if (byCaller) {
    return new EmailError({
      code: "aborted",
      message: terminatorReleased
        ? "The call was aborted while the relay's answer to the message was due: the message may have been sent."
        : "The call was aborted; nothing was sent.",
      stage,
      certainty: terminatorReleased ? "unknown" : "not_sent",
      ...(terminatorReleased && {
        actor: "operator",
        remedy: "Look for the Message-ID in the relay's log before you send again.",
      }),
      cause: error.cause,
    });
  }
  if (terminatorReleased) return unknownOutcome(error.kind, error.cause);
  if (error.kind === "interjected" && error.reply) {
    return refusalFailure(toServerReply(error.reply, context.redact), progress.stage);
  }
  if (error.kind === "violation") return violation(`it sent ${error.message}`, progress);
  if (error.kind === "lost") {
    return new EmailError({
      code: "connection-lost",
      message: `The relay closed the connection ${whileWaiting[stage]}.`,
      stage,
      cause: error.cause,
    });
  }
  return new EmailError({
    code: "timed-out",
    message: `The relay did not answer in time ${whileWaiting[stage]}.`,
    stage,
    ...(stage === "queue" && {
      remedy: "All connections to the relay were busy: allow more of them, or a longer timeout.",
    }),
    ...(stage === "greeting" && {
      remedy:
        "Check that port and smtp_secure fit together: a port for implicit TLS (465) is silent until smtp_secure is `ssl`. Otherwise a firewall may be in between: try port 2525.",
    }),
  });
}

function unknownOutcome(kind: WireErrorKind, cause: unknown): EmailError {
  const what = {
    lost: "the connection ended before the relay confirmed it",
    silent: "the relay did not confirm it in time",
    aborted: "the relay did not confirm it in time",
    violation: "the relay answered with something that means nothing here",
    interjected: "the relay's answers were out of order",
  }[kind];
  return new EmailError({
    code: "outcome-unknown",
    message: `The whole message was transmitted, but ${what}: it may or may not have been sent.`,
    stage: "end-of-data",
    certainty: "unknown",
    cause,
  });
}

/** Nothing of what came is repeated: it may be another service's banner. */
function violation(what: string, { stage, contentReleased, terminatorReleased }: Progress): EmailError {
  return new EmailError({
    code: "protocol-violation",
    message: `The other side does not follow SMTP ${whileWaiting[stage]}: ${what}.`,
    stage,
    certainty: contentReleased || terminatorReleased ? "unknown" : "not_sent",
    remedy:
      "Check that host and port are those of an SMTP server, and that nothing in between rewrites the connection.",
  });
}

function handshakeFailure(error: HandshakeError, { host, port }: Context): EmailError {
  const code = errorCode(error.cause);
  const problem = certificateProblem(code, host);
  if (problem) {
    return new EmailError({
      code: "certificate-invalid",
      message: problem,
      stage: "tls",
      remedy:
        "Use the host name that the certificate is issued for. A private certificate authority has to be added by the operator.",
      cause: error.cause,
    });
  }
  const message =
    code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "ERR_SSL_PACKET_LENGTH_TOO_LONG"
      ? `Port ${port} of the relay does not speak TLS at once.`
      : "The TLS handshake with the relay failed.";
  return new EmailError({
    code: "tls-failed",
    message,
    stage: "tls",
    remedy:
      "Use smtp_secure `ssl` with port 465 or `starttls` with port 587. The relay needs TLS 1.2 or newer.",
    cause: error.cause,
  });
}

/** `AbortSignal.timeout` and the managed provider each have a reason of their own. */
function isTimeout(reason: unknown): boolean {
  if (isEmailError(reason)) return reason.code === "timed-out";
  return reason instanceof Error && reason.name === "TimeoutError";
}

const whileWaiting: Readonly<Record<SmtpStage, string>> = {
  queue: "while the message waited for a connection",
  dns: "while its name was looked up",
  tcp: "while we connected",
  tls: "during the TLS handshake",
  greeting: "while its greeting was due",
  ehlo: "while its answer to EHLO was due",
  starttls: "while its answer to STARTTLS was due",
  auth: "during the login",
  "mail-from": "while its answer to MAIL FROM was due",
  "rcpt-to": "while its answer to RCPT TO was due",
  data: "while its answer to DATA was due",
  body: "while the message was transmitted",
  "end-of-data": "while its answer to the message was due",
  rset: "while its answer to RSET was due",
};
