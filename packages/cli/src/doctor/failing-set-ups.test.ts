import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { buildProgram } from "../__fixtures__/build-program.js";
import { type FailingSetUp, failingSetUps, host, login } from "../__fixtures__/failing-set-ups.js";
import { startProgram } from "../__fixtures__/run-program.js";
import { type DoctorRun, toFailuresPage } from "../__fixtures__/to-failures-page.js";

const page = fileURLToPath(new URL("../../../../docs/guides/when-a-set-up-fails.md", import.meta.url));

test("the guide to failing set-ups is what doctor prints (pnpm docs:failures writes it)", async () => {
  const program = await buildProgram();
  const folder = await mkdtemp(join(tmpdir(), "failing-set-ups-"));
  try {
    const runs: DoctorRun[] = [];
    const waiting = failingSetUps.entries();
    // A few at a time: they are about answers that do not come in time, and must not wait for each other.
    const work = async () => {
      for (const [index, setUp] of waiting) runs[index] = await examine(setUp, program.path, folder);
    };
    await Promise.all([work(), work(), work(), work()]);
    for (const { setUp, output } of runs) {
      expect(output).not.toContain(setUp.password ?? login.password);
      expect(output).not.toMatch(/\{\w+\}|undefined|rejectUnauthorized|NODE_TLS/);
    }
    await expect(toFailuresPage(runs)).toMatchFileSnapshot(page);
  } finally {
    await program.remove();
    await rm(folder, { recursive: true });
  }
}, 180_000);

async function examine(setUp: FailingSetUp, program: string, folder: string): Promise<DoctorRun> {
  const server = await setUp.start();
  try {
    const cwd = await mkdtemp(join(folder, "run-"));
    const { certificateAuthority } = server;
    if (certificateAuthority !== undefined) await writeFile(join(cwd, "ca.pem"), certificateAuthority);
    const options = [
      ...["--host", host, "--port", String(server.port), "--secure", setUp.secure ?? "starttls"],
      ...["--user", login.username, "--from", "news@example.com", "--to", "anna@example.net"],
      ...(certificateAuthority === undefined ? [] : ["--ca", "ca.pem"]),
    ];
    const env = { GETFLUXLY_EMAIL_PASSWORD: setUp.password ?? login.password };
    const { code, stdout, stderr } = await startProgram(program, ["doctor", ...options], { env, cwd })
      .finished;
    expect({ title: setUp.title, code, stderr }).toEqual({
      title: setUp.title,
      code: setUp.exitCode,
      stderr: "",
    });
    return { setUp, options: options.join(" "), output: stdout, port: server.port };
  } finally {
    await server.close();
  }
}
