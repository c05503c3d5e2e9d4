import diagnosticsChannel from "node:diagnostics_channel";
import { BlockList, isIP, type Socket } from "node:net";
import { afterAll, expect } from "vitest";

/**
 * Set-up of every unit test, named in `vitest.workspace.ts`: a test file that dials anything but this machine fails. What
 * counts is the attempt, since most machines of a build have nobody who answers. Not seen: what a child process dials, and
 * names that the system's DNS is asked for.
 */
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const dialled = new Set<string>();

function watch(message: unknown) {
  const { socket } = message as { readonly socket: Socket };
  socket.on("connectionAttempt", (address, port) => {
    const version = isIP(address);
    // The path of a Unix socket is no address.
    if (version === 0 || loopback.check(address, version === 6 ? "ipv6" : "ipv4")) return;
    dialled.add(version === 6 ? `[${address}]:${port}` : `${address}:${port}`);
  });
}

diagnosticsChannel.subscribe("net.client.socket", watch);

// The set-up's own hook is the first, and so runs after all others.
afterAll(() => {
  diagnosticsChannel.unsubscribe("net.client.socket", watch);
  if (dialled.size === 0) return;
  throw new Error(
    `${expect.getState().testPath} dialled ${[...dialled].join(", ")}: tests reach loopback addresses only.`,
  );
});
