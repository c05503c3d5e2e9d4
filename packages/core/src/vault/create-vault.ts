import { EmailError } from "../errors/index.js";
import { ciphertextInvalid, nonceOctets, parseEnvelope, printEnvelope, tagOctets } from "./envelope.js";
import { isKeyId, keyInvalid, type VaultKey } from "./vault-key.js";

/** Where a secret belongs. Sealed for one place, it cannot be opened for another. */
export interface SecretBinding {
  readonly tenant: string;
  /** The id of the stored provider, not of the connector. */
  readonly provider: string;
  /** The field's wire name, such as `password`. */
  readonly field: string;
}

export interface VaultOptions {
  /** Every key that stored secrets may be sealed with. */
  readonly keys: readonly VaultKey[];
  /** The one that new secrets are sealed with; the others only open. Default: the first. */
  readonly activeKeyId?: string | undefined;
}

/** Seals secrets for storage with AES-256-GCM (NIST SP 800-38D). Rejects with `EmailError`, stage `vault`. */
export interface Vault {
  /** The same secret sealed twice gives two envelopes: the nonce is random and new each time. */
  seal(secret: string, binding: SecretBinding): Promise<string>;
  /** `ciphertext-invalid` for anything that was not sealed for this very place; `key-unknown` for a key not in the ring. */
  open(sealed: string, binding: SecretBinding): Promise<string>;
  /** Opens with whichever key it was sealed with and seals with the active one, for key rotation. */
  rewrap(sealed: string, binding: SecretBinding): Promise<string>;
  /** Whether it was sealed with another key than the active one. */
  needsRewrap(sealed: string): boolean;
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Throws `key-invalid` unless ids are distinct, keys have 32 octets and the active key is among them. */
export async function createVault({ keys, activeKeyId: givenId }: VaultOptions): Promise<Vault> {
  const ring = new Map<string, Key>();
  for (const { id: givenKeyId, key } of keys) {
    if (!(key instanceof Uint8Array) || key.length !== 32) throw keyInvalid("A key does not have 32 octets.");
    const octets = Uint8Array.from(key);
    const id = givenKeyId ?? (await fingerprint(octets));
    if (!isKeyId(id)) throw keyInvalid("A key id must be 1 to 64 letters, digits, _ or -.");
    if (ring.has(id)) throw keyInvalid(`The key id ${id} is given twice.`);
    ring.set(id, await crypto.subtle.importKey("raw", octets, "AES-GCM", false, ["encrypt", "decrypt"]));
  }
  const activeKeyId = givenId ?? ring.keys().next().value ?? "";
  if (!ring.has(activeKeyId)) throw keyInvalid("The active key is not in the key ring.");

  const keyOf = (id: string): Key => {
    const key = ring.get(id);
    if (key) return key;
    const message = `A secret is sealed with the key ${id}, which is not in the key ring.`;
    const remedy =
      "Add this key to the key ring (MASTER_KEY) again, behind the active one, or enter the secret again.";
    throw new EmailError({ code: "key-unknown", message, stage: "vault", remedy });
  };

  async function seal(secret: string, binding: SecretBinding): Promise<string> {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceOctets));
    const algorithm = gcm(nonce, activeKeyId, binding);
    const octets = new TextEncoder().encode(secret);
    const ciphertext = new Uint8Array(await crypto.subtle.encrypt(algorithm, keyOf(activeKeyId), octets));
    return printEnvelope({ keyId: activeKeyId, nonce, ciphertext });
  }

  async function open(sealed: string, binding: SecretBinding): Promise<string> {
    const { keyId, nonce, ciphertext } = parseEnvelope(sealed);
    const key = keyOf(keyId);
    const octets = await crypto.subtle.decrypt(gcm(nonce, keyId, binding), key, ciphertext).catch(() => {
      throw ciphertextInvalid();
    });
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  }

  return {
    seal,
    open,
    rewrap: async (sealed, binding) => seal(await open(sealed, binding), binding),
    needsRewrap: (sealed) => parseEnvelope(sealed).keyId !== activeKeyId,
  };
}

function gcm(nonce: Uint8Array<ArrayBuffer>, keyId: string, { tenant, provider, field }: SecretBinding) {
  return {
    name: "AES-GCM",
    iv: nonce,
    tagLength: tagOctets * 8,
    // A JSON list is unambiguous: no two different lists of texts print alike.
    additionalData: new TextEncoder().encode(JSON.stringify(["gfv1", tenant, provider, field, keyId])),
  };
}

/** The same key has the same id after a restart, and the id tells nothing about the key. */
async function fingerprint(key: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", key));
  return Array.from(digest.subarray(0, 4), (octet) => octet.toString(16).padStart(2, "0")).join("");
}
