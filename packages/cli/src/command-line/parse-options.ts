import { type ParseArgsConfig, parseArgs } from "node:util";
import { refuseSecrets } from "./refuse-secrets.js";
import { UsageError } from "./usage-error.js";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Options and the rest. Throws `UsageError`. */
export function parseOptions<const T extends Options>(args: readonly string[], options: T) {
  refuseSecrets(args);
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split(". ")[0] ?? message);
  }
}
