import { EmailError, isEmailError } from "@getfluxly/email-core";
import type { Preset, PresetConnection } from "./preset.js";

export type Explainable = Pick<
  Preset<string, never, never, Record<never, never>>,
  "displayName" | "credentialSteps"
>;

/** The same failure with what a person does about it at this relay; other failures as they are. */
export function explainFailure(
  error: unknown,
  { displayName, credentialSteps }: Explainable,
  { host, port, fallbackPorts = [] }: Pick<PresetConnection, "host" | "port" | "fallbackPorts">,
): unknown {
  if (!isEmailError(error)) return error;
  if (error.code === "authentication-failed") {
    return withRemedy(error, `Enter what ${displayName} issues for SMTP: ${credentialSteps.join(" ")}`);
  }
  if (error.stage === "tcp" && (error.code === "timed-out" || error.code === "connection-failed")) {
    const ports = [port, ...fallbackPorts];
    const which = ports.length > 1 ? `one of the ports ${ports.join(", ")}` : `port ${port}`;
    return withRemedy(
      error,
      `A firewall or hosting provider seems to block outgoing SMTP: have ${which} opened towards ${host}.`,
    );
  }
  return error;
}

function withRemedy(error: EmailError, remedy: string): EmailError {
  const { code, message, stage, certainty, actor, retryable, retryAfterMs, reply, cause } = error;
  return new EmailError({
    ...{ code, message, stage, certainty, actor, retryable, remedy },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(reply && { reply }),
    cause,
  });
}
