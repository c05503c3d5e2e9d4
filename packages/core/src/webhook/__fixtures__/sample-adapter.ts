import type { WebhookAdapter } from "../../contract/index.js";
import { assertFresh } from "../assert-fresh.js";
import { defineWebhookAdapter } from "../define-webhook-adapter.js";
import { requireHeader } from "../find-header.js";
import { fromHex } from "../from-hex.js";
import { hmacSha256 } from "../hmac-sha256.js";
import { textOf } from "../json-value.js";
import { matchesOneOf } from "../matches-one-of.js";
import { parseItems } from "../parse-items.js";
import { readJson } from "../read-json.js";
import { toHex } from "../to-hex.js";
import { WebhookError } from "../webhook-error.js";

export interface SampleConfig {
  readonly secrets: readonly string[];
}

/** A relay as small as can be: HMAC over time and body, and items with `type`, `id` and `to`. */
export const sampleAdapter: WebhookAdapter<SampleConfig> = defineWebhookAdapter({
  answers: { received: 202, refused: 401, unavailable: 429 },
  verify: async (request, { config, now }) => {
    const time = requireHeader(request, "X-Time");
    const signature = fromHex(requireHeader(request, "X-Signature"));
    if (!signature) throw new WebhookError("malformed", "The signature is not in hexadecimal digits.");
    const signedAt = assertFresh(time, now, 300);
    const expected = await Promise.all(
      config.secrets.map((secret) => hmacSha256(secret, time, request.body)),
    );
    if (!(await matchesOneOf(signature, expected))) {
      throw new WebhookError("mismatch", "The signature does not fit.");
    }
    return { proof: "signature", signedAt, replayKey: `sample:${toHex(signature)}` };
  },
  parse: (request, limits) =>
    parseItems(
      "sample",
      readJson(request),
      (item) => {
        const type = textOf(item.type);
        if (type === undefined) return "missing-type";
        if (type === "crash") throw new Error("a fault of the adapter");
        return {
          type: type === "bounced" ? "bounced" : "delivered",
          nativeType: type,
          id: [type, textOf(item.id), textOf(item.to)],
          recipients: [textOf(item.to) ?? ""],
        };
      },
      limits,
    ),
});

export const samplePost = async (
  body: string | Uint8Array,
  { secret = "s".repeat(24), time = "1931058367", url = "https://example.com/webhooks/sample/demo" } = {},
) => ({
  method: "POST",
  url,
  headers: [
    ["X-Time", time],
    ["X-Signature", toHex(await hmacSha256(secret, time, body))],
  ] satisfies [string, string][],
  body,
});

export const sampleNow = new Date(1931058367_000);
export const sampleConfig: SampleConfig = { secrets: ["s".repeat(24)] };
