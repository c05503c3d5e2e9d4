import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { StartedServer } from "./started-server.js";

const program = `
  const server = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    console.log(server.address().port);
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120_000), 20);
  });`;

/** A port that drops what asks to connect, as firewalls do: its server never accepts, and its queue is full. */
export async function startDroppingPort(): Promise<StartedServer> {
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const port = Number(line);
  const fill: Socket[] = [];
  // Until some in a row wait in vain.
  for (let dropped = 0; dropped < 3; ) dropped = (await isAccepted(port, fill)) ? 0 : dropped + 1;
  return {
    port,
    async close() {
      for (const socket of fill) socket.destroy();
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    },
  };
}

function isAccepted(port: number, fill: Socket[]): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  fill.push(socket);
  socket.on("error", () => undefined);
  return new Promise((resolve) => {
    // On a busy machine the timer may be due before the connection that was made is heard of.
    const timer = setTimeout(() => setImmediate(() => resolve(!socket.connecting)), 500);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
