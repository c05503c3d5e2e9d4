/** 256 random bits in the form of Standard Webhooks: `whsec_` and base 64. */
export function createWebhookSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
