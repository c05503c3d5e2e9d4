import type { WebhookRequest } from "../contract/index.js";
import { concatOctets } from "./concat-octets.js";
import { WebhookError } from "./webhook-error.js";

/**
 * A request as frameworks have it: a `Request`, or its parts. Headers as pairs, as `Headers`, or as Node has them. The body
 * as octets, or as the text that they spell in UTF-8; never parsed, since the proof is over the octets.
 */
export type WebhookInput =
  | Request
  | {
      readonly method: string;
      readonly url: string;
      readonly headers:
        | Iterable<readonly [string, string]>
        | Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly body: Uint8Array | ArrayBuffer | string;
    };

/** Reads no further than `maxBytes`. */
export async function readRequest(input: WebhookInput, maxBytes: number): Promise<WebhookRequest> {
  const { method, url } = input;
  const headers = listHeaders(input.headers);
  const body = isRequest(input) ? await readStream(input, maxBytes) : toOctets(input.body);
  if (body.length > maxBytes) throw tooLarge(maxBytes);
  return { method, url, headers, body };
}

/** By shape: a `Request` of another realm, or of a framework's own class, is one too. */
function isRequest(input: WebhookInput): input is Request {
  return "arrayBuffer" in input && typeof input.arrayBuffer === "function";
}

function listHeaders(headers: WebhookInput["headers"]): [string, string][] {
  if (Symbol.iterator in headers && typeof headers[Symbol.iterator] === "function") {
    return Array.from(headers as Iterable<readonly [string, string]>, ([name, value]) => [name, value]);
  }
  return Object.entries(headers as Readonly<Record<string, string | readonly string[] | undefined>>).flatMap(
    ([name, value]) => [value ?? []].flat().map((it): [string, string] => [name, it]),
  );
}

function toOctets(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (typeof body === "string") return new TextEncoder().encode(body);
  throw new WebhookError("misconfigured", "The body was parsed before it was verified.", {
    remedy:
      "Hand over the octets as they came: express.raw({ type: () => true }) before any express.json(), request.text() of a Request, c.req.raw in Hono, a buffer content type parser in Fastify.",
  });
}

async function readStream(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.bodyUsed) {
    throw new WebhookError("misconfigured", "The body of the Request was read before.", {
      remedy: "Hand over request.clone(), made before anything reads the body, or the octets that were read.",
    });
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  // A declared length is only what the sender says, so the octets are counted as they come.
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      throw tooLarge(maxBytes);
    }
  }
  return concatOctets(...chunks);
}

function tooLarge(maxBytes: number): WebhookError {
  return new WebhookError("malformed", `The body is larger than ${maxBytes} bytes.`, { status: 413 });
}
