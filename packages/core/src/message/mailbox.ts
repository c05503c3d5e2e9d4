import type { Mailbox } from "../contract/index.js";
import { address } from "./address.js";
import { line } from "./line.js";
import { optional } from "./optional.js";
import { shape } from "./shape.js";

export const mailbox = shape<Mailbox>({ address, name: optional(line()) });
