import { isDeepStrictEqual } from "node:util";

/** Where a value lacks what is written down: members one by one, lists and `metadata` whole. */
export function findDifferences(expected: unknown, actual: unknown, path = ""): string[] {
  if (isMembers(expected) && isMembers(actual) && !path.endsWith(".metadata")) {
    return Object.entries(expected).flatMap(([key, value]) =>
      findDifferences(value, actual[key], `${path}.${key}`),
    );
  }
  // Copied through JSON: metadata has no prototype, and that is no difference.
  const isEqual = isDeepStrictEqual(toPlain(actual), toPlain(expected));
  return isEqual ? [] : [`${path} is ${JSON.stringify(actual)}, and not ${JSON.stringify(expected)}`];
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toPlain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
