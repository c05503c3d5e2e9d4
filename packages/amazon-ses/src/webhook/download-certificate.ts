import { WebhookError } from "@getfluxly/email-core/webhook";
import { readCertificate, type SigningCertificate } from "./read-certificate.js";

/** SNS waits 15 seconds for our answer. */
const timeoutMs = 5_000;
const maxBytes = 16_384;

/**
 * Rejects with a `WebhookError` when there is no such certificate, and with another error when we cannot know. Redirects
 * are not followed: only the address itself was judged.
 */
export async function downloadCertificate(
  url: string,
  fetch: typeof globalThis.fetch,
): Promise<SigningCertificate> {
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
  const { status } = response;
  if (status !== 200) {
    await response.body?.cancel();
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      throw new WebhookError("mismatch", `SNS has no such certificate (HTTP ${status}).`);
    }
    throw new Error(`The certificate of SNS could not be downloaded: HTTP ${status}.`);
  }
  const certificate = readCertificate(await readText(response));
  if (!certificate) throw new WebhookError("mismatch", "What SNS delivered is not an X.509 certificate.");
  return certificate;
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    text += decoder.decode(next.value, { stream: true });
    if (text.length > maxBytes) {
      await reader?.cancel();
      throw new WebhookError("mismatch", `What SNS delivered is larger than ${maxBytes} bytes.`);
    }
  }
  return text;
}
