import { once } from "node:events";
import { connect, type NetConnectOpts } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Daemon } from "./relay-workspace.js";

const startTimeoutMs = 30_000;
const retryAfterMs = 20;

/** Resolves when somebody listens there; rejects with the daemon's output when the daemon ends or takes too long. */
export async function waitUntilListening(target: NetConnectOpts, daemon: Daemon): Promise<void> {
  let ended = false;
  daemon.process.ended.then(() => {
    ended = true;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (!(await accepts(target))) {
    if (ended || Date.now() > deadline) {
      throw new Error(`Nobody listens on ${JSON.stringify(target)}:\n${await daemon.output()}`);
    }
    await delay(retryAfterMs);
  }
}

async function accepts(target: NetConnectOpts): Promise<boolean> {
  const socket = connect(target);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
