import { connect } from "node:net";
import { test } from "vitest";

test("dials addresses that are for documentation (RFC 5737, RFC 3849), and succeeds by itself", async () => {
  for (const host of ["192.0.2.1", "2001:db8::1"]) {
    const socket = connect({ host, port: 25 }).on("error", () => undefined);
    await new Promise((resolve) => socket.once("connectionAttempt", resolve));
    socket.destroy();
  }
  await fetch("http://192.0.2.2", { signal: AbortSignal.timeout(100) }).catch(() => undefined);
});
