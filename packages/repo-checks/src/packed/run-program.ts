import { execFile } from "node:child_process";

interface RunOptions {
  readonly cwd: string;
  /** In front of PATH, so that a program's own `node` is this one. */
  readonly binFolder?: string | undefined;
}

/** npm tries a registry that it cannot reach for longer than anybody waits. */
const timeoutMs = 160_000;

/** Runs a program without a shell and resolves with what it printed; rejects with all its output when it fails. */
export function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, binFolder } = options;
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
      { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: timeoutMs },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else
          reject(
            new Error(
              `${program} ${args.join(" ")}\n${stdout}${stderr}${error.killed ? "was ended after its time" : ""}`,
            ),
          );
      },
    );
    child.stdin?.end();
  });
}
