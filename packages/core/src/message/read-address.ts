import type { InputReader } from "./create-input-reader.js";
import { parseAddress } from "./parse-address.js";

/** The canonical address; undefined if refused. */
export function readAddress(reader: InputReader, value: unknown, path: string): string | undefined {
  const { address, reason } = parseAddress(value);
  return reason === undefined ? address : reader.report(path, reason);
}
