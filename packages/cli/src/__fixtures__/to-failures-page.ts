import type { FailingSetUp } from "./failing-set-ups.js";

export interface DoctorRun {
  readonly setUp: FailingSetUp;
  readonly options: string;
  readonly output: string;
  readonly port: number;
}

/** What stands in the page for the port that a server happened to get. */
const shownPort = 2587;

/** A guide made of what `doctor` really printed. */
export function toFailuresPage(runs: readonly DoctorRun[]): string {
  return `${[
    "# When a set-up fails",
    "<!-- Written by `pnpm docs:failures`; changes belong in packages/cli/src/__fixtures__. -->",
    [
      "The mistakes that people make most, and what they are told. Each section is what `getfluxly-email doctor` printed in front of a real server with that fault;",
      "a host shows the same words, since they come from [the same rules](../reference/diagnosis-rules.md). Find yours by its first line.",
    ].join("\n"),
    [
      "`smtp.example.localhost` leads to the machine that made this page. Times are left out and ports replaced; after the first output, so are the stages before the",
      "one that tells, and the commands to repeat it by hand. [How to read a report](diagnose-a-set-up.md), [all options](use-the-command-line.md#doctor).",
    ].join("\n"),
    runs.map(({ setUp: { title } }) => `- [${title.replaceAll("`", "")}](#${toAnchor(title)})`).join("\n"),
    ...runs.map(toSection),
  ].join("\n\n")}\n`;
}

function toSection({ setUp, options, output, port }: DoctorRun): string {
  const { title, about, exitCode, isWhole, secure = "starttls" } = setUp;
  const shown = withoutTimes(output).replaceAll(String(port), String(shownPort)).trim();
  const command = isWhole ? options.replaceAll(String(port), String(shownPort)) : `--secure ${secure} ...`;
  return [
    `## ${title}`,
    about,
    `\`\`\`\n$ getfluxly-email doctor ${command}\n${isWhole ? shown : toCore(shown)}\n\`\`\``,
    `Exit code ${exitCode}.`,
  ].join("\n\n");
}

const withoutTimes = (output: string) =>
  output
    .replace(/^(\S \w+ +[\w-]+) +\d+ ms {2}/gm, (_line, head: string) => `${head.padEnd(22)}`)
    .replace(/ \(\d+ ms\)$/gm, "")
    .replace(/^(- skipped [\w-]+) +/gm, (_line, head: string) => head.padEnd(22));

/** From the stage that tells to the last step. */
function toCore(output: string): string {
  const lines = output.split("\n").filter((line) => !/^(?:\u2713|-) /.test(line));
  const end = lines.indexOf("By hand:");
  return lines
    .slice(0, end < 0 ? undefined : end)
    .join("\n")
    .trim();
}

const toAnchor = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
