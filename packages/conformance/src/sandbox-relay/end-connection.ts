import type { Socket } from "node:net";

/** Ends a TCP connection at once: by RST, or by FIN behind what was already written. */
export function endConnection(socket: Socket, by: "reset" | "end"): void {
  if (by === "end") socket.destroySoon();
  // While a FIN is on its way, a reset fails, and Node then forgets the open handle.
  else if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
