import {
  type Config,
  type ConfigSchema,
  EmailError,
  type Issue,
  type PreparedMessage,
} from "@getfluxly/email-core";
import type { RelayHeader } from "../compose/relay-header.js";
import { findHeaderFaults } from "./find-header-faults.js";
import { findTakenHeaders } from "./find-taken-headers.js";
import type { Preset } from "./preset.js";
import { readOptions } from "./read-options.js";

/** What a preset adds to a message's header. Throws one error with all that this relay cannot carry. */
export function toRelayHeaders<Schema extends ConfigSchema, MessageOptions extends object>(
  preset: Omit<Preset<string, Schema, never, MessageOptions>, "webhook">,
  message: PreparedMessage,
  config: Config<Schema>,
): readonly RelayHeader[] {
  const { displayName, limits } = preset;
  const { recipients = Number.POSITIVE_INFINITY } = limits;
  const { to } = message.envelope;
  if (to.length > recipients) {
    throw new EmailError({
      code: "too-many-recipients",
      message: `${displayName} takes ${recipients} recipients in one message, and this one has ${to.length}.`,
      stage: "message",
    });
  }
  const issues: Issue[] = [];
  const report = (path: string, text: string) => {
    issues.push({ path, message: text });
  };
  const options = readOptions(preset, message, report);
  const metadata = { ...message.metadata, gf_id: message.correlationId };
  const headers = options ? preset.headers({ message, config, options, metadata, report }) : [];
  for (const fault of findHeaderFaults(headers)) report("", fault);
  issues.push(...findTakenHeaders(message, headers));
  if (issues.length === 0) return headers;
  const named = issues.map(({ path, message: text }) => (path ? `${path}: ${text}` : text));
  throw new EmailError({
    code: "message-invalid",
    message: `${displayName} cannot carry this message. ${named.slice(0, 3).join(" ")}`,
    stage: "message",
    issues,
  });
}
