import { parseAddress } from "./parse-address.js";

/** Whether `parseAddress` takes it. */
export function isAddress(text: unknown): text is string {
  return parseAddress(text).address !== undefined;
}
