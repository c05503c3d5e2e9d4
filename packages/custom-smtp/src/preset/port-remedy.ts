import type { EmailError } from "@getfluxly/email-core";
import type { PresetConnection } from "./preset.js";

/** Whether no connection came about at all: then the relay's address is right, and what is in between is not. */
export const isUnreachable = ({ code, stage }: Pick<EmailError, "code" | "stage">): boolean =>
  stage === "tcp" && (code === "timed-out" || code === "connection-failed");

/** What a person does then, who has no port to change. */
export function toPortRemedy({
  host,
  port,
  fallbackPorts = [],
}: Pick<PresetConnection, "host" | "port" | "fallbackPorts">): string {
  const ports = [port, ...fallbackPorts];
  const which = ports.length > 1 ? `one of the ports ${ports.join(", ")}` : `port ${port}`;
  return `A firewall or hosting provider seems to block outgoing SMTP: have ${which} opened towards ${host}.`;
}
