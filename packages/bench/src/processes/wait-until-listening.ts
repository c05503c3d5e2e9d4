import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Daemon } from "./start-daemon.js";

const startTimeoutMs = 30_000;
const retryAfterMs = 20;

/** Resolves when somebody listens on this port; rejects with the daemon's output when it ends or takes too long. */
export async function waitUntilListening(port: number, daemon: Daemon): Promise<void> {
  let ended = false;
  daemon.ended.then(() => {
    ended = true;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (!(await accepts(port))) {
    if (ended || Date.now() > deadline) {
      throw new Error(`Nobody listens on port ${port}:\n${await daemon.output()}`);
    }
    await delay(retryAfterMs);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect({ host: "127.0.0.1", port });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
