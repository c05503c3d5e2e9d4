import type { Mailbox } from "../contract/index.js";
import type { InputReader } from "./create-input-reader.js";
import { readAddress } from "./read-address.js";
import { readLine } from "./read-line.js";

export function readMailbox(reader: InputReader, value: unknown, path: string): Mailbox | undefined {
  const input = reader.record(value, path, ["address", "name"]);
  if (!input) return undefined;
  const address = readAddress(reader, input.address, `${path}.address`);
  const name = readLine(reader, input.name, `${path}.name`);
  // An empty name is no name: it would be written the same.
  return address === undefined ? undefined : { address, ...(name && { name }) };
}
