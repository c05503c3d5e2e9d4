import { EmailError } from "@getfluxly/email-core";
import { errorCode } from "./error-code.js";

interface Target {
  readonly host: string;
  readonly port: number;
}

/** The name of the relay has no address. */
export function lookupFailure(error: unknown, { host }: Target): EmailError {
  const code = errorCode(error);
  const known = code === "ENOTFOUND" || code === "ENODATA" || code === undefined;
  return new EmailError({
    code: "host-not-found",
    message: known
      ? `The name ${host} does not exist in the DNS, or has no address.`
      : `The name ${host} could not be looked up (${code}).`,
    stage: "dns",
    remedy: "Check the spelling of the relay's host name.",
    retryable: !known,
    cause: error,
  });
}

/** None of its addresses accepted a connection. */
export function connectFailure(error: unknown, { host, port }: Target): EmailError {
  const code = errorCode(error);
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nothing accepts connections there",
    ECONNRESET: "it is closed as soon as it is made",
  };
  const reason = reasons[code ?? ""] ?? `the network says ${code ?? "nothing"}`;
  return new EmailError({
    code: "connection-failed",
    message: `No connection to ${host}, port ${port}: ${reason}.`,
    stage: "tcp",
    remedy: "Check host and port. If they are right, a firewall may block outgoing SMTP: try port 2525.",
    cause: error,
  });
}
