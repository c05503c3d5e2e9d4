import type { Authenticity, WebhookRequest } from "../contract/index.js";
import { findHeader } from "./find-header.js";
import { fromBase64 } from "./from-base64.js";
import { matchesOneOf } from "./matches-one-of.js";
import { WebhookError } from "./webhook-error.js";

/** For relays that sign nothing. The same secret may come as Basic password, as Bearer token or in a header of its own. */
export interface SharedSecretConfig {
  /** One, or two while the secret is changed. Each at least 24 characters. */
  readonly secrets: readonly string[];
  /** The Basic user name that has to go with it. Absent: any. */
  readonly username?: string | undefined;
  /** A header that holds the secret and nothing else. Default: `X-Webhook-Secret`. */
  readonly header?: string | undefined;
}

const minLength = 24;

/** Resolves if the request shows one of the secrets; else rejects with a `WebhookError`. */
export async function verifySharedSecret(
  request: WebhookRequest,
  config: SharedSecretConfig,
): Promise<Authenticity> {
  const { secrets, header = "X-Webhook-Secret" } = config;
  if (secrets.length === 0) throw new WebhookError("misconfigured", "No webhook secret is set.");
  if (secrets.some((secret) => secret.length < minLength)) {
    throw new WebhookError("misconfigured", `A webhook secret is shorter than ${minLength} characters.`);
  }
  const authorization = findHeader(request, "Authorization");
  const own = findHeader(request, header);
  if (!authorization && !own) {
    throw new WebhookError(
      "missing",
      "The request shows no secret, neither as Basic nor as Bearer nor in a header.",
      {
        challenge: 'Basic realm="webhook", charset="UTF-8"',
      },
    );
  }
  const shown: string[] = [];
  if (authorization) shown.push(fromAuthorization(authorization, config.username));
  if (own) shown.push(own);
  // Where both are there, both have to be right: no proxy of ours adds one.
  const verdicts = await Promise.all(shown.map((text) => matchesOneOf(text, secrets)));
  if (verdicts.length === 0 || verdicts.includes(false)) {
    throw new WebhookError("mismatch", "The request shows a secret that is not, or no longer, a live one.");
  }
  return { proof: "shared_secret" };
}

function fromAuthorization(value: string, username: string | undefined): string {
  const [, scheme, credentials = ""] = /^(basic|bearer) +(\S+)$/i.exec(value) ?? [];
  if (scheme === undefined)
    throw new WebhookError("malformed", "The Authorization header is neither Basic nor Bearer.");
  if (scheme.toLowerCase() === "bearer") return credentials;
  const octets = fromBase64(credentials);
  const text = octets && new TextDecoder().decode(octets);
  const colon = text?.indexOf(":") ?? -1;
  if (text === undefined || colon < 0)
    throw new WebhookError("malformed", "The Basic credentials cannot be read.");
  // A wrong user name is no secret to be guarded by time: the secret is, and it decides alone.
  return username === undefined || text.slice(0, colon) === username ? text.slice(colon + 1) : "";
}
