import { EmailError, isEmailError } from "@getfluxly/email-core";
import { isUnreachable, toPortRemedy } from "./port-remedy.js";
import type { Preset, PresetConnection } from "./preset.js";

export type Explainable = Pick<
  Preset<string, never, never, Record<never, never>>,
  "displayName" | "credentialSteps" | "replies"
>;

/** The same failure with what a person does about it at this relay; other failures as they are. */
export function explainFailure(
  error: unknown,
  { displayName, credentialSteps, replies = [] }: Explainable,
  connection: Pick<PresetConnection, "host" | "port" | "fallbackPorts">,
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
  if (isUnreachable(error))
    return copyWith(error, { code, actor, retryable, remedy: toPortRemedy(connection) });
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
