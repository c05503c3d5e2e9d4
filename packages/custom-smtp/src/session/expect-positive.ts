import { Refusal } from "./refusal.js";
import { isPositive } from "./reply.js";
import { stepTimeoutsMs } from "./session-options.js";
import type { Wire } from "./wire.js";

/** Waits for the answer to a command and rejects with a `Refusal` unless it is 2xx. */
export async function expectPositive(wire: Wire): Promise<void> {
  const reply = await wire.reply(stepTimeoutsMs.command);
  if (!isPositive(reply)) throw new Refusal(reply);
}
