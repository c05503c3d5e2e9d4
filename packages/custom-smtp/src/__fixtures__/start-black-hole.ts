import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";

const program = `
  const server = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    console.log(server.address().port);
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000), 20);
  });`;

/** A port that drops packets, as a firewall does: a server that never accepts, and whose queue is full. */
export async function startBlackHole(): Promise<AsyncDisposable & { readonly port: number }> {
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const port = Number(line);
  const wait = () => new Promise((resolve) => setTimeout(resolve, 100));
  await wait();
  const fill = Array.from({ length: 8 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  await wait();
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of fill) socket.destroy();
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
