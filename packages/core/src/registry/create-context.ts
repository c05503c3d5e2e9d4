import type { OpenOptions, ProviderContext, Sender } from "../contract/index.js";

/** What the host did not lend gets its default. Read field by field: nothing unknown reaches a connector. */
export function createContext(
  sender: Sender,
  given: NonNullable<OpenOptions<unknown>["context"]> = {},
): ProviderContext {
  return Object.freeze({
    sender,
    now: given.now ?? (() => new Date()),
    permitsAddress: given.permitsAddress,
    permitsPlaintext: given.permitsPlaintext,
    certificateAuthorities: given.certificateAuthorities ?? [],
    clientName: given.clientName ?? sender.from_email.replace(/.*@/, ""),
    // Called as a method of the context, the global function refuses in browsers.
    fetch: given.fetch ?? ((input, init) => fetch(input, init)),
    log: given.log ?? (() => {}),
  });
}
