import type { Issue } from "../contract/index.js";
import type { EmailErrorCode } from "../errors/index.js";
import { toIssuePath } from "../errors/to-issue-path.js";

type Read<T> = (value: unknown, path: string) => T | undefined;

/**
 * Reads values of unknown shape (callers may be JavaScript) and notes what is wrong with them. Each property is read
 * once, so what was checked is what is used.
 */
export interface InputReader {
  readonly issues: readonly Issue[];
  /** The codes of the issues, each once. */
  readonly codes: ReadonlySet<EmailErrorCode>;
  report(path: string, message: string, code?: EmailErrorCode): undefined;
  /** Undefined if absent, or if refused with `sentence`. */
  text(value: unknown, path: string, fits?: (text: string) => boolean, sentence?: string): string | undefined;
  /** Absent reads as empty. More than `limit` items are refused unread. */
  list<T>(value: unknown, path: string, limit: number, read: Read<T>): T[];
  /** A record of texts. Absent reads as empty; more than `limit` are refused unread. */
  texts(
    value: unknown,
    path: string,
    limit: number,
    read: (text: unknown, path: string, key: string) => string | undefined,
  ): Record<string, string>;
  /** The own properties; absent reads as empty, undefined if refused. With `fields`, others are reported. */
  record(value: unknown, path: string, fields?: readonly string[]): Record<string, unknown> | undefined;
}

export function createInputReader(defaultCode: EmailErrorCode): InputReader {
  const issues: Issue[] = [];
  const codes = new Set<EmailErrorCode>();
  const reader: InputReader = {
    issues,
    codes,
    report(path, message, code = defaultCode) {
      issues.push({ path, message });
      codes.add(code);
      return undefined;
    },
    text(value, path, fits, sentence = "") {
      if (value === undefined) return undefined;
      if (typeof value !== "string") return reader.report(path, "Must be text.");
      return !fits || fits(value) ? value : reader.report(path, sentence);
    },
    list(value, path, limit, read) {
      if (value === undefined) return [];
      if (!Array.isArray(value)) reader.report(path, "Must be a list.");
      else if (value.length > limit) reader.report(path, `More than ${limit} entries.`, "message-too-large");
      else {
        return Array.from(value, (item, index) => read(item, `${path}[${index}]`)).filter(
          (item) => item !== undefined,
        );
      }
      return [];
    },
    texts(value, path, limit, read) {
      const record = reader.record(value, path) ?? {};
      const texts = reader.list(Object.keys(record), path, limit, (key) => {
        // Undefined would read as absent.
        const text = read(record[String(key)] ?? null, toIssuePath(path, String(key)), String(key));
        return text === undefined ? undefined : ([String(key), text] as const);
      });
      return Object.fromEntries(texts);
    },
    record(value = {}, path, fields) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return reader.report(path, "Must be an object.");
      }
      const entries = Object.entries(value);
      for (const [key] of entries) {
        if (fields && !fields.includes(key)) reader.report(toIssuePath(path, key), "Unknown field.");
      }
      return Object.fromEntries(entries);
    },
  };
  return reader;
}
