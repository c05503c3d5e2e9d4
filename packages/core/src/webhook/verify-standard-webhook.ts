import type { Authenticity, WebhookRequest } from "../contract/index.js";
import { assertFresh } from "./assert-fresh.js";
import { findHeader, requireHeader } from "./find-header.js";
import { fromBase64 } from "./from-base64.js";
import { hmacSha256 } from "./hmac-sha256.js";
import { matchesOneOf } from "./matches-one-of.js";
import { WebhookError } from "./webhook-error.js";

export interface StandardWebhookOptions {
  /** The relay's id, with which the replay key begins. */
  readonly relay: string;
  /** Base64, with or without `whsec_` before it; at least 24 octets. Two while the secret is changed. */
  readonly secrets: readonly string[];
  readonly now: Date;
  /** How far the time of the signature may be from `now`, in seconds. Default 300: each try is signed anew. */
  readonly toleranceSeconds?: number | undefined;
  /** How the three headers may begin; the first that is there counts. Default: `svix` and `webhook`. */
  readonly headerPrefixes?: readonly [string, ...string[]] | undefined;
}

const minKeyOctets = 24;
const maxSignatures = 10;

/**
 * HMAC-SHA256 over id, time and the octets of the body. Resolves if one of the signatures fits one of the secrets; else
 * rejects with a `WebhookError`. Source: https://www.standardwebhooks.com, specification 1.0.
 */
export async function verifyStandardWebhook(
  request: WebhookRequest,
  options: StandardWebhookOptions,
): Promise<Authenticity> {
  const { relay, secrets, now, toleranceSeconds = 300, headerPrefixes = ["svix", "webhook"] } = options;
  const keys = secrets.map(toKey);
  if (keys.length === 0) throw new WebhookError("misconfigured", "No webhook secret is set.");

  const prefix =
    headerPrefixes.find((it) => findHeader(request, `${it}-signature`) !== undefined) ?? headerPrefixes[0];
  const id = requireHeader(request, `${prefix}-id`);
  const time = requireHeader(request, `${prefix}-timestamp`);
  const signatures = readSignatures(requireHeader(request, `${prefix}-signature`));
  // A dot would let the border between id and time move.
  if (!/^[!-~]{1,256}$/.test(id) || id.includes("."))
    throw new WebhookError("malformed", "The id of the request is not one word without dots.");

  const signedAt = assertFresh(time, now, toleranceSeconds);
  const expected = await Promise.all(keys.map((key) => hmacSha256(key, `${id}.${time}.`, request.body)));
  const verdicts = await Promise.all(signatures.map((signature) => matchesOneOf(signature, expected)));
  if (!verdicts.includes(true)) throw new WebhookError("mismatch", "No signature fits a live secret.");
  return { proof: "signature", signedAt, replayKey: `${relay}:${id}` };
}

function toKey(secret: string): Uint8Array {
  const key = fromBase64(secret.replace(/^whsec_/, ""));
  if (!key) throw new WebhookError("misconfigured", "A webhook secret is not in base64.");
  if (key.length < minKeyOctets)
    throw new WebhookError("misconfigured", `A webhook secret is shorter than ${minKeyOctets} octets.`);
  return key;
}

/** Of version 1; others, such as the asymmetric `v1a`, are for other receivers. */
function readSignatures(value: string): Uint8Array[] {
  const entries = value.split(" ");
  if (entries.length > maxSignatures)
    throw new WebhookError("malformed", `The request has more than ${maxSignatures} signatures.`);
  return entries.flatMap((entry) => {
    const octets = entry.startsWith("v1,") ? fromBase64(entry.slice(3)) : undefined;
    return octets?.length === 32 ? [octets] : [];
  });
}
