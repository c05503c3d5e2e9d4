import {
  type DiagnosisMode,
  EmailError,
  type Finding,
  type Issue,
  isAddress,
  isEmailError,
  parseSender,
  type Sender,
} from "@getfluxly/email-core";
import { type SmtpConfig, smtpConfigSchema } from "../smtp-config.js";
import type { ObservedSettings } from "./observation.js";

interface Shared {
  readonly observed: ObservedSettings;
  readonly password: string;
  readonly warnings: readonly Finding[];
}

export type CheckedSettings =
  | (Shared & { readonly failure: EmailError; readonly config?: undefined })
  | (Shared & { readonly failure?: undefined; readonly config: SmtpConfig });

/** All that is wrong with settings and sender at once, and what is odd though it may be right. */
export async function readSettings(
  settings: unknown,
  sender: Sender,
  { mode, recipient }: { readonly mode: DiagnosisMode; readonly recipient: string | undefined },
): Promise<CheckedSettings> {
  const given: Readonly<Record<string, unknown>> = Object(settings);
  const password = typeof given.password === "string" ? given.password : "";
  const observed = observe(given, password, sender, recipient);
  const warnings = findOddities(observed);
  const result = await smtpConfigSchema["~standard"].validate(settings);
  const issues: Issue[] = (result.issues ?? []).map(({ path = [], message }) => ({
    path: path.map((it) => String(typeof it === "object" ? it.key : it)).join("."),
    message,
  }));
  const shared = { observed, password, warnings };
  if (result.issues) return { ...shared, failure: toFailure("config-invalid", "Invalid config.", issues) };
  try {
    parseSender(sender);
  } catch (error) {
    if (!isEmailError(error)) throw error;
    return { ...shared, failure: error };
  }
  if (mode === "send" && recipient === undefined) {
    const own = [{ path: "recipient", message: "Is required to send a test message." }];
    return { ...shared, failure: toFailure("config-invalid", "A test message needs a recipient.", own) };
  }
  if (recipient !== undefined && !isAddress(recipient)) {
    const own = [{ path: "recipient", message: "Must be an address." }];
    return { ...shared, failure: toFailure("config-invalid", "The recipient is no address.", own) };
  }
  return { ...shared, config: result.value };
}

function toFailure(code: "config-invalid", message: string, issues: readonly Issue[]): EmailError {
  const named = issues
    .slice(0, 3)
    .map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message));
  return new EmailError({ code, stage: "config", message: [message, ...named].join(" "), issues });
}

function observe(
  given: Readonly<Record<string, unknown>>,
  password: string,
  sender: Sender,
  recipient: string | undefined,
): ObservedSettings {
  const { smtp_host: host, smtp_port: port, smtp_secure: tlsMode, username } = given;
  const passwordForm = /^(?:[a-z]{4} ){3}[a-z]{4}$/i.test(password)
    ? "spaced-groups"
    : password === password.trim()
      ? undefined
      : "blank-at-end";
  return {
    host: typeof host === "string" ? host.slice(0, 253) : "",
    port: typeof port === "number" ? port : 0,
    tlsMode: tlsMode === "ssl" || tlsMode === "none" ? tlsMode : "starttls",
    username: typeof username === "string" ? username.slice(0, 200) : "",
    hasPassword: password !== "",
    ...(passwordForm && { passwordForm }),
    from: sender.from_email,
    to: recipient ?? sender.from_email,
  };
}

/** Right perhaps, and worth a look. */
function findOddities({ port, tlsMode, passwordForm, username, hasPassword }: ObservedSettings): Finding[] {
  const found: Finding[] = [];
  const warn = (ruleId: string, title: string, field: string) =>
    found.push({ ruleId, severity: "warning", title, field });
  if ((port === 25 || port === 2525) && tlsMode === "ssl") {
    warn("config.port_tls_mismatch", `Port ${port} usually begins unencrypted (starttls).`, "smtp_secure");
  }
  if (passwordForm !== undefined) {
    warn("config.credentials_whitespace", "The password has blanks that may not belong to it.", "password");
  }
  if (username !== username.trim()) {
    warn("config.credentials_whitespace", "The user name has blanks at its beginning or end.", "username");
  }
  if (tlsMode === "none") {
    const what = hasPassword ? "The login and every message travel" : "Every message travels";
    warn("config.plaintext", `${what} unencrypted to this relay.`, "smtp_secure");
  }
  return found;
}
