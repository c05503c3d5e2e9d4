import { EmailError, type Issue } from "@getfluxly/email-core";

type RefusalCode = "capability-unsupported" | "message-invalid";

/** Notes what cannot be sent as it is given, and where. */
export type Refuse = (path: string, message: string, code?: RefusalCode) => void;

export interface Refusal {
  readonly refuse: Refuse;
  hasAny(): boolean;
  /** Throws one error with all that was noted. */
  throwIfAny(): void;
}

export function createRefusal(): Refusal {
  const issues: Issue[] = [];
  const codes = new Set<RefusalCode>();
  return {
    refuse(path, message, code = "message-invalid") {
      issues.push({ path, message });
      codes.add(code);
    },
    hasAny: () => issues.length > 0,
    throwIfAny() {
      if (issues.length === 0) return;
      const named = issues.slice(0, 3).map(({ path, message }) => (path ? `${path}: ${message}` : message));
      if (issues.length > 3) named.push("...");
      throw new EmailError({
        code: codes.has("message-invalid") ? "message-invalid" : "capability-unsupported",
        stage: "message",
        message: `The message cannot be sent as it is. ${named.join(" ")}`,
        remedy: "Correct or leave out what the message names.",
        issues,
      });
    },
  };
}
