import { EmailError } from "../errors/index.js";

/** A key of the ring. Its id is written into every envelope, so it must never be given to another key. */
export interface VaultKey {
  /** 1 to 64 letters, digits, `_` or `-`. Default: the beginning of the key's SHA-256 digest. */
  readonly id?: string | undefined;
  /** 32 random octets. */
  readonly key: Uint8Array;
}

export function keyInvalid(message: string): EmailError {
  const remedy = "Give each key 32 random octets (openssl rand -base64 32) and an id of its own.";
  return new EmailError({ code: "key-invalid", message, stage: "vault", remedy });
}

export const isKeyId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);
