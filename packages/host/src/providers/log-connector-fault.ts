import { isEmailError } from "@getfluxly/email-core";
import { describeError } from "../describe-error.js";
import type { HostLog } from "../host-log.js";

/** A connector's own fault is not shown to the caller, so its cause goes to the log, without this call's secrets. */
export function logConnectorFault(
  log: HostLog,
  provider: string,
  error: unknown,
  redact: (text: string) => string,
): void {
  if (!isEmailError(error) || !/^provider-(?:load-)?failed$/.test(error.code)) return;
  const { stack, ...cause } = describeError(error.cause);
  log.error(
    { provider, code: error.code, stage: error.stage, ...cause, stack: stack && redact(stack) },
    "connector failed",
  );
}
