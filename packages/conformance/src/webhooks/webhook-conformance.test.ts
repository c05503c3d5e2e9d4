import { createHmac } from "node:crypto";
import {
  defineWebhookAdapter,
  fromHex,
  hmacSha256,
  matchesOneOf,
  parseItems,
  readJson,
  requireHeader,
  textOf,
  WebhookError,
} from "@getfluxly/email-core/webhook";
import { expect, test } from "vitest";
import { webhookConformance } from "./webhook-conformance.js";

/** An adapter whose author took "no secret is set" for "nothing has to be verified", or did not. */
const createAdapter = ({ trustsWithoutSecrets = false }) =>
  defineWebhookAdapter<{ readonly secrets: readonly string[] }>({
    answers: { received: 200, refused: 401, unavailable: 503 },
    async verify(request, { config: { secrets } }) {
      if (secrets.length === 0 && trustsWithoutSecrets) return { proof: "signature" };
      const signature = fromHex(requireHeader(request, "X-Signature"));
      const expected = await Promise.all(secrets.map((secret) => hmacSha256(secret, request.body)));
      if (!signature || !(await matchesOneOf(signature, expected))) {
        throw new WebhookError("mismatch", "The signature fits no live secret.");
      }
      return { proof: "signature" };
    },
    parse: (request, limits) =>
      parseItems(
        "sample",
        readJson(request),
        (item) => ({ type: "delivered", nativeType: "sent", id: textOf(item.id) ?? [], recipients: [] }),
        limits,
      ),
  });

/** The names of the checks that an adapter does not hold, with the reasons. */
async function failures(adapter: ReturnType<typeof createAdapter>) {
  const checks = webhookConformance({
    adapter,
    body: '{"id":"e-1","to":"kim@example.net"}',
    sign: (body, secret: string) => ({
      headers: [["X-Signature", createHmac("sha256", secret).update(body).digest("hex")]],
      body,
    }),
    secrets: ["one", "two", "three"],
    toConfig: (live) => ({ secrets: live }),
    proofHeaders: ["X-Signature"],
    bindsBody: true,
    toleranceSeconds: undefined,
  });
  const found: Record<string, string> = {};
  for (const { name, run } of checks) {
    await run().catch((error: Error) => {
      found[name] = error.message;
    });
  }
  return found;
}

test("an adapter that verifies holds every check", async () => {
  expect(await failures(createAdapter({}))).toEqual({});
});

test("one that believes everything while no secret is set is found out, by one check and in words", async () => {
  expect(await failures(createAdapter({ trustsWithoutSecrets: true }))).toEqual({
    "with no secret set nothing is received, signed or not":
      "with no secret set, expected to be refused or unavailable, but it was received",
  });
});
