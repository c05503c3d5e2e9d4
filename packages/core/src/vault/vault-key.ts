import { EmailError } from "../errors/index.js";

/** A key of the ring. The id is written into every envelope, so it must never be given to another key. */
export interface VaultKey {
  /** 1 to 64 letters, digits, `_` or `-`. */
  readonly id: string;
  /** 32 random octets. */
  readonly key: Uint8Array;
}

export function keyInvalid(message: string): EmailError {
  return new EmailError({ code: "key-invalid", message, stage: "vault" });
}

export const isKeyId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);
