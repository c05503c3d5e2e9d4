import { expect, test } from "vitest";
import { toProviderForm } from "./to-provider-form.js";

test("alternatives stay alternatives, each with the common fields", () => {
  const form = toProviderForm({
    id: "acme",
    displayName: "Acme",
    secretFields: ["token"],
    capabilities: { batch: false, tags: false, metadata: false, idempotencyKey: false },
    form: {
      oneOf: [
        {
          type: "object",
          properties: { token: { type: "string" } },
          required: ["token"],
          additionalProperties: false,
        },
        { type: "object", properties: { region: { type: "string" } }, additionalProperties: false },
      ],
    },
  });
  expect(form).toMatchObject({
    title: "Acme",
    oneOf: [
      {
        properties: { provider: { const: "acme" }, from_email: {}, token: {} },
        required: ["provider", "display_name", "from_email", "token"],
        additionalProperties: false,
      },
      {
        properties: { provider: { const: "acme" }, region: {} },
        required: ["provider", "display_name", "from_email"],
      },
    ],
  });
  expect(form).not.toHaveProperty("properties");
});
