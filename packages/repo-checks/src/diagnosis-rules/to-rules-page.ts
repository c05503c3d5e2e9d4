import type { Rule } from "@getfluxly/email-custom-smtp/diagnosis";

/** The page of all rules, in the order in which they are tried. */
export function toRulesPage(rules: readonly Rule[]): string {
  const stages = [...new Set(rules.map(({ stage }) => stage))];
  return `${[
    "# Diagnosis: what can be wrong with a set-up",
    "<!-- Written by `pnpm docs:rules`; changes belong in packages/custom-smtp/src/diagnosis/rules. -->",
    `${rules.length} rules. The first that fits counts, unless a probe speaks against it. [How to read a report](../guides/diagnose-a-set-up.md).`,
    ...stages.flatMap((stage) => [
      `## ${stage}`,
      ...rules.filter((rule) => rule.stage === stage).map(toSection),
    ]),
  ].join("\n\n")}\n`;
}

function toSection({
  id,
  title,
  cause,
  steps,
  actor,
  place,
  retryable,
  passes,
  links = [],
  alternatives = [],
}: Rule): string {
  const notes = [
    `Who: ${actor}; where: ${place}.`,
    ...(passes
      ? ["Passes with a warning: the settings are right."]
      : retryable
        ? ["May pass later with the same settings."]
        : []),
    ...(alternatives.length > 0
      ? [`Looks the same: ${alternatives.map((it) => `\`${it}\``).join(", ")}; a probe tells.`]
      : []),
    ...(links.length > 0
      ? [`See ${links.map((url) => `[${new URL(url).hostname}](${url})`).join(", ")}.`]
      : []),
  ];
  return [
    `### \`${id}\``,
    `**${toMarkdown(title)}.** ${toMarkdown(cause)}`,
    steps.map((step, index) => `${index + 1}. ${toMarkdown(step)}`).join("\n"),
    notes.join(" "),
  ].join("\n\n");
}

/** What is filled in when a rule is applied is code on the page. */
const toMarkdown = (text: string) => text.replace(/\{(\w+)\}/g, "`$1`").replace(/\*/g, "\\*");
