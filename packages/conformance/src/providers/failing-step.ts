import type { EmailErrorOptions } from "@getfluxly/email-core";

/** `EmailErrorOptions` of which only the code has to be said. */
export type ScriptedError = Pick<EmailErrorOptions, "code"> & Partial<EmailErrorOptions>;

/** What one call does. For `verify`, before and after the handover are the same. */
export type FailingStep =
  | "succeed"
  /** Rejects before `beforeHandover` is called. */
  | { readonly failBeforeHandover: ScriptedError }
  /** Rejects after it, with certainty `unknown` unless the error says otherwise. */
  | { readonly failAfterHandover: ScriptedError }
  /**
   * Never resolves. `until-aborted` rejects with code `aborted` when the signal aborts; `for-ever` does not even then, as a
   * connector that was written without care.
   */
  | {
      readonly hang: "until-aborted" | "for-ever";
      /** Default `before`: before the handover. */
      readonly when?: "before" | "after" | undefined;
    }
  /** Throws this value as it is: a connector's bug, so no `EmailError`. */
  | { readonly throw: unknown; readonly when?: "before" | "after" | undefined };
