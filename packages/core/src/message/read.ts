import type { EmailErrorCode } from "../errors/index.js";

/** Notes what is wrong, and where. Without a code it is that of the input as a whole. */
export type Report = (path: string, message: string, code?: EmailErrorCode) => undefined;

/**
 * Reads a value of unknown shape (callers may be JavaScript) as `T`, each property once, so that what was checked is what
 * is used. Undefined if it was refused, and for absent optional values; reported if refused.
 */
export type Read<T> = (value: unknown, path: string, report: Report) => T | undefined;
