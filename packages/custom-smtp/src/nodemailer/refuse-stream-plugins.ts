import type { Refuse } from "./create-refusal.js";
import type { CompiledPart } from "./nodemailer-mail.js";

/** What a plugin of the step `stream` made of the compiled message would get lost, such as an encryption. */
export function refuseStreamPlugins(
  root: CompiledPart,
  bodies: readonly unknown[],
  attachmentCount: number,
  refuse: Refuse,
): void {
  const parts = listParts(root);
  const leaves = parts.filter(({ childNodes }) => childNodes.length === 0);
  const contents = new Set(leaves.map(({ content }) => content));
  const isAsCompiled =
    parts.every(isPlain) &&
    leaves.length === bodies.length + attachmentCount &&
    bodies.every((body) => typeof body !== "string" || contents.has(body));
  if (isAsCompiled) return;
  const sentence = "A plugin of the step `stream` changed the composed message, which is composed anew here.";
  refuse("", sentence, "capability-unsupported");
}

function listParts(part: CompiledPart): CompiledPart[] {
  return [part, ...part.childNodes.flatMap(listParts)];
}

/** Neither replaced nor piped through anything. The names are nodemailer's own and not public. */
function isPlain(part: CompiledPart): boolean {
  const own: { _raw?: unknown; _transforms?: unknown; _processFuncs?: unknown } = Object(part);
  return (
    !own._raw && [own._transforms, own._processFuncs].every((it) => Array.isArray(it) && it.length === 0)
  );
}
