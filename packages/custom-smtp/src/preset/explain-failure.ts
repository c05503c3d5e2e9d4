import { EmailError, isEmailError } from "@getfluxly/email-core";
import type { Preset, PresetConnection } from "./preset.js";

export type Explainable = Pick<
  Preset<string, never, never, Record<never, never>>,
  "displayName" | "credentialSteps" | "replies"
>;

/** The same failure with what a person does about it at this relay; other failures as they are. */
export function explainFailure(
  error: unknown,
  { displayName, credentialSteps, replies = [] }: Explainable,
  { host, port, fallbackPorts = [] }: Pick<PresetConnection, "host" | "port" | "fallbackPorts">,
): unknown {
  if (!isEmailError(error)) return error;
  if (error.reply) {
    const words = `${error.reply.code} ${error.reply.text}`;
    const known = replies.find(({ pattern }) => pattern.test(words));
    if (known) return copyWith(error, { code: known.code, remedy: known.remedy });
  }
  const { code, actor, retryable } = error;
  if (code === "authentication-failed") {
    const remedy = `Enter what ${displayName} issues for SMTP: ${credentialSteps.join(" ")}`;
    return copyWith(error, { code, actor, retryable, remedy });
  }
  if (error.stage === "tcp" && (code === "timed-out" || code === "connection-failed")) {
    const ports = [port, ...fallbackPorts];
    const which = ports.length > 1 ? `one of the ports ${ports.join(", ")}` : `port ${port}`;
    const remedy = `A firewall or hosting provider seems to block outgoing SMTP: have ${which} opened towards ${host}.`;
    return copyWith(error, { code, actor, retryable, remedy });
  }
  return error;
}

/** What is not given is what the code says. */
function copyWith(
  { message, stage, certainty, retryAfterMs, reply, rejected, cause }: EmailError,
  changed: Pick<EmailError, "code" | "remedy"> & Partial<Pick<EmailError, "actor" | "retryable">>,
): EmailError {
  return new EmailError({
    ...{ message, stage, certainty, cause, ...changed },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(reply && { reply }),
    ...(rejected && { rejected }),
  });
}
