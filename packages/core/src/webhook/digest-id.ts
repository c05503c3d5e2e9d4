import { toHex } from "./to-hex.js";

/** What an id is made of where the relay has none: the fields that tell one event from another. */
export type IdFields = readonly (string | number | boolean | null | undefined)[];

/** `relay:` and the SHA-256 of the fields as a JSON list, which no two different lists share. */
export async function digestId(relay: string, fields: IdFields): Promise<string> {
  const octets = new TextEncoder().encode(JSON.stringify(fields));
  return `${relay}:${toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", octets)))}`;
}
