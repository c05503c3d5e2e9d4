import type { Mailbox } from "../contract/index.js";
import { line } from "./line.js";
import { optional } from "./optional.js";
import { parseAddress } from "./parse-address.js";
import type { Read } from "./read.js";
import { shape } from "./shape.js";

export const address: Read<string> = (value, path, report) => {
  const parsed = parseAddress(value);
  return parsed.address ?? report(path, parsed.reason);
};

export const mailbox = shape<Mailbox>({ address, name: optional(line()) });
