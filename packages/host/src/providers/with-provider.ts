import type { ManagedProvider } from "@getfluxly/email-core";
import type { HostLog } from "../host-log.js";

/** Runs with an open provider and closes it in any case. A failing close is logged: the outcome stands without it. */
export async function withProvider<Result>(
  provider: ManagedProvider,
  log: HostLog,
  run: (provider: ManagedProvider) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(provider);
  } finally {
    await provider.close().catch((error: unknown) => {
      log.warn(
        { provider: provider.providerId, name: error instanceof Error ? error.name : typeof error },
        "provider did not close",
      );
    });
  }
}
