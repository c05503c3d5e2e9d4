import { rules } from "@getfluxly/email-custom-smtp/diagnosis";
import { exitCodes } from "../command-line/exit-codes.js";
import { UsageError } from "../command-line/usage-error.js";
import type { Output } from "../terminal/output.js";

/** What the catalogue says about a rule; connects to nothing. */
export function explainRule(id: string, output: Output): number {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined)
    throw new UsageError(
      `There is no rule \`${id}\`.`,
      `The rules are ${rules.map((each) => each.id).join(", ")}.`,
    );
  const { title, cause, steps, stage, actor, place, links = [] } = rule;
  output.line(`${output.paint("bold", title)}\n${cause}\n`);
  for (const [index, step] of steps.entries()) output.line(`  ${index + 1}. ${step}`);
  for (const link of links) output.line(`See: ${link}`);
  output.document({ schema: "rule/1", id, stage, title, cause, steps, actor, place, links });
  return exitCodes.ok;
}
