/**
 * Compares digests, not the texts: how long it takes tells nothing about where they differ, nor how long the secret is.
 * Texts are taken as UTF-8.
 */
export async function equalInConstantTime(
  left: string | Uint8Array,
  right: string | Uint8Array,
): Promise<boolean> {
  const [first, second] = await Promise.all([digest(left), digest(right)]);
  let difference = 0;
  for (let index = 0; index < first.length; index++) difference |= (first[index] ?? 0) ^ (second[index] ?? 0);
  return difference === 0;
}

async function digest(value: string | Uint8Array): Promise<Uint8Array> {
  const octets = typeof value === "string" ? new TextEncoder().encode(value) : new Uint8Array(value);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
}
