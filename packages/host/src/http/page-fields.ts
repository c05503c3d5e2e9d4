import * as z from "zod";
import { isId } from "../identifiers/is-id.js";

/** The query of every list. */
export const pageFields = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, "Must be a whole number from 1 to 100.")
    .transform(Number)
    .default(20),
  after: z.string().refine(isId, "Must be the `next_after` of an earlier answer.").optional(),
});

/** One more than was asked for tells whether there are more. */
export function toPage<Item extends { readonly id: string }, View>(
  found: readonly Item[],
  limit: number,
  toView: (item: Item) => View,
) {
  const page = found.slice(0, limit);
  return { data: page.map(toView), next_after: found.length > limit ? (page.at(-1)?.id ?? null) : null };
}
