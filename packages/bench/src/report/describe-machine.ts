import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageFolder } from "../command/package-folder.js";

const run = promisify(execFile);

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  /** What was measured, and with what. */
  readonly versions: Readonly<Record<string, string>>;
}

export async function describeMachine(): Promise<Machine> {
  const [first] = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return {
    cores: cpus().length,
    processor: `${first?.model ?? "unknown"}, ${cpus().length} cores, ${gibibytes} GB`,
    system: `${distribution()}, Linux ${release()}`,
    versions: {
      "Node.js": process.versions.node,
      Postfix: (await run("postconf", ["-d", "-h", "mail_version"])).stdout.trim(),
      nodemailer: versionOf("nodemailer"),
      "@upyo/smtp": versionOf("@upyo/smtp"),
    },
  };
}

function distribution(): string {
  const text = readFileSync("/etc/os-release", "utf8");
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? "unknown system";
}

function versionOf(name: string): string {
  const manifest = join(packageFolder, "node_modules", name, "package.json");
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
