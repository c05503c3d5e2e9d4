import type { Sender } from "../contract/index.js";
import { address } from "./address.js";
import { line } from "./line.js";
import { optional } from "./optional.js";
import { shape } from "./shape.js";

export const sender = shape<Sender>({
  from_email: address,
  from_name: optional(line()),
  reply_to: optional(address),
});
