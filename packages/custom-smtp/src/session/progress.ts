/** Where a message or a session is: the command that is waiting for its answer, or what is being transmitted. */
export type SmtpStage =
  | "queue"
  | "dns"
  | "tcp"
  | "tls"
  | "greeting"
  | "ehlo"
  | "starttls"
  | "auth"
  | "mail-from"
  | "rcpt-to"
  | "data"
  | "body"
  | "end-of-data"
  | "rset";

/**
 * Kept by the session itself at every step, because no socket error tells it: a connection lost before the final dot
 * was released is a message not sent; after it, nobody knows.
 */
export interface Progress {
  stage: SmtpStage;
  contentReleased: boolean;
  terminatorReleased: boolean;
}

export function startProgress(stage: SmtpStage = "dns"): Progress {
  return { stage, contentReleased: false, terminatorReleased: false };
}
