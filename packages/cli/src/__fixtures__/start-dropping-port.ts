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
  // Until one of them waits in vain.
  while (await isAccepted(port, fill));
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
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 500);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(true);
    });
    socket.on("error", () => undefined);
  });
}
