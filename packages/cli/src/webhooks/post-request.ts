import type { WebhookRequest } from "@getfluxly/email-core";
import { UsageError } from "../command-line/usage-error.js";

/** What a connection says about itself, and what `fetch` writes anew. */
const ownHeaders =
  /^(host|content-length|connection|transfer-encoding|keep-alive|upgrade|expect|te|trailer)$/i;

export interface PostedAnswer {
  /** Null: there was no answer. */
  readonly status: number | null;
  /** The beginning of it, or why there is none. */
  readonly body: string;
  readonly ms: number;
}

/** Sends a saved request to a URL, as the relay did. Redirects are not followed: relays do not either. */
export async function postRequest(
  request: WebhookRequest,
  url: string,
  signal: AbortSignal,
): Promise<PostedAnswer> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError("--to takes an http or https URL.");
  }
  const headers = request.headers.filter(([name]) => !ownHeaders.test(name));
  const start = performance.now();
  const took = () => Math.round(performance.now() - start);
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body: request.body.slice(),
      redirect: "manual",
      signal,
    });
    return { status: response.status, body: (await response.text()).slice(0, 2000), ms: took() };
  } catch (error) {
    const { cause = error } = Object(error);
    return { status: null, body: String(Object(cause).message ?? cause), ms: took() };
  }
}
