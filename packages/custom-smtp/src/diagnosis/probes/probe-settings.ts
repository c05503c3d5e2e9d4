import { openConnection } from "../../session/open-connection.js";
import { startProgress } from "../../session/progress.js";
import type { SessionOptions } from "../../session/session-options.js";

export interface OtherSettings {
  readonly port: number;
  readonly tlsMode: "starttls" | "ssl";
}

const usual: readonly OtherSettings[] = [
  { port: 587, tlsMode: "starttls" },
  { port: 465, tlsMode: "ssl" },
  { port: 2525, tlsMode: "starttls" },
];

/** The same port in the other TLS mode, then the usual ones; without the settings that have failed. */
export function otherSettings(port: number, tlsMode: "starttls" | "ssl" | "none"): OtherSettings[] {
  const swapped: OtherSettings = { port, tlsMode: tlsMode === "ssl" ? "starttls" : "ssl" };
  return [swapped, ...usual].filter(
    (it, index, all) =>
      !(it.port === port && it.tlsMode === tlsMode) &&
      // The mode in which a well-known port is refused by the form.
      !(it.port === 465 && it.tlsMode === "starttls") &&
      !(it.port === 587 && it.tlsMode === "ssl") &&
      all.findIndex((other) => other.port === it.port && other.tlsMode === it.tlsMode) === index,
  );
}

/** Whether the relay greets us under these settings, inside verified TLS, at the same address; without a login. */
export async function probeSettings(
  session: SessionOptions,
  address: string,
  { port, tlsMode }: OtherSettings,
): Promise<boolean> {
  try {
    const { wire } = await openConnection(
      {
        ...session,
        port,
        portOrder: undefined,
        tlsMode,
        credentials: undefined,
        record: undefined,
        resolve: async () => [address],
      },
      startProgress(),
    );
    wire.destroy();
    return true;
  } catch {
    return false;
  }
}
