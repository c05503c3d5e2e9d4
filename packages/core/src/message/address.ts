import { parseAddress } from "./parse-address.js";
import type { Read } from "./read.js";

export const address: Read<string> = (value, path, report) => {
  const parsed = parseAddress(value);
  return parsed.address ?? report(path, parsed.reason);
};
