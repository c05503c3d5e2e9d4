import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";

export interface Workerd extends AsyncDisposable {
  /** Of the worker, without a slash at the end. */
  readonly url: string;
}

const require = createRequire(import.meta.url);
/** The package has no types: its main module is the path of the program, and says of which day that is. */
const { default: program, compatibilityDate }: { default: string; compatibilityDate: string } =
  require("workerd");

/** Cloudflare's runtime with one worker on loopback, without its `nodejs_compat`. */
export async function startWorkerd(code: string): Promise<Workerd> {
  const folder = mkdtempSync(join(tmpdir(), "edge-"));
  writeFileSync(join(folder, "worker.js"), code);
  writeFileSync(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [(name = "main", worker = (
        modules = [(name = "worker", esModule = embed "worker.js")],
        compatibilityDate = "${compatibilityDate}",
      ))],
      sockets = [(name = "http", address = "127.0.0.1:0", service = "main")],
    );`,
  );
  const child = spawn(program, ["serve", join(folder, "config.capnp"), "--control-fd=3"], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const exited = once(child, "exit");
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill();
    await exited;
    rmSync(folder, { recursive: true });
  };
  const control = child.stdio[3];
  if (!(control instanceof Readable)) throw new Error("workerd has no control channel");
  const line = await Promise.race([
    once(createInterface(control), "line").then(([text]) => String(text)),
    exited.then(([status]) => Promise.reject(new Error(`workerd ended with ${status} before it listened`))),
  ]);
  const { port }: { port: number } = JSON.parse(line);
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
}
