import type { ProviderCapabilities } from "../contract/index.js";
import type { InputReader } from "./create-input-reader.js";
import { messageLimits } from "./message-limits.js";
import { readLine } from "./read-line.js";

const unsupported = "capability-unsupported";

export function readTags(
  reader: InputReader,
  value: unknown,
  capability: ProviderCapabilities["tags"],
): string[] {
  const tags = reader.list(value, "tags", messageLimits.tags, (item, path) => {
    const tag = readLine(reader, item ?? null, path, 128);
    return tag === undefined || tag.trim() ? tag : reader.report(path, "May not be empty.");
  });
  checkCapability(reader, "tags", tags.length, capability);
  return tags;
}

export function readMetadata(
  reader: InputReader,
  value: unknown,
  capability: ProviderCapabilities["metadata"],
): Record<string, string> {
  const metadata = reader.texts(value, "metadata", messageLimits.metadata, (text, path, key) => {
    if (!/^[\w-]{1,64}$/.test(key)) reader.report(path, "A key is 1 to 64 letters, digits, - or _.");
    // It carries our correlation id; see PreparedMessage.
    if (key === "gf_id") reader.report(path, "This key is reserved.");
    return readLine(reader, text, path, 1024);
  });
  checkCapability(reader, "metadata", Object.keys(metadata).length, capability);
  return metadata;
}

function checkCapability(
  reader: InputReader,
  path: string,
  count: number,
  capability: false | { readonly maxCount?: number | undefined },
): void {
  const { maxCount = count } = capability || { maxCount: 0 };
  if (count <= maxCount) return;
  reader.report(
    path,
    capability ? `This connector takes at most ${maxCount}.` : "This connector has none.",
    unsupported,
  );
}
