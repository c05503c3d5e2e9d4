import { execFile } from "node:child_process";

interface RunOptions {
  readonly cwd: string;
  /** In front of PATH, so that a program's own `node` is this one. */
  readonly binFolder?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

export class OverdueError extends Error {}

const patienceMs = 160_000;

/**
 * Runs a program without a shell and resolves with what it printed; rejects with all its output when it fails, and with an
 * `OverdueError` when it had to be ended.
 */
export function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, binFolder, timeoutMs = patienceMs } = options;
  // What npm, pnpm and vitest set for their own children would change what an inner npm does and what `require` finds.
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(?!config_(registry|cache|userconfig)$)|pnpm_|node$|node_path$|node_options$|vitest|init_cwd$)/i.test(
        name,
      ),
  );
  const path = [binFolder, process.env.PATH].filter((it) => it !== undefined).join(":");
  const env = { ...Object.fromEntries(inherited), PATH: path };
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: timeoutMs, killSignal: "SIGKILL" },
      (error, stdout, stderr) => {
        const said = `${program} ${args.join(" ")}\n${stdout}${stderr}`;
        if (error === null) resolve(stdout);
        else if (error.killed) reject(new OverdueError(`${said}was ended after ${timeoutMs} ms`));
        else reject(new Error(said));
      },
    );
    child.stdin?.end();
  });
}
