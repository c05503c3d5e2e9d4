import { createHash } from "node:crypto";

/**
 * SHA-256 in hex. A fast hash is enough: a made key has 190 random bits, so there is nothing to guess,
 * and equal hashes can be looked up in an index.
 */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key, "utf8").digest("hex");
}
