import { defaultCapabilities, type ProviderCapabilities } from "@getfluxly/email-core";
import { expect, test } from "vitest";
import { toConnectorView } from "./to-connector-view.js";

const capabilitiesOf = (capabilities: Partial<ProviderCapabilities>) =>
  toConnectorView({
    id: "sample",
    displayName: "Sample",
    form: { properties: {} },
    secretFields: [],
    capabilities: { ...defaultCapabilities, ...capabilities },
  }).capabilities;

test("capabilities are spelt as everything in an HTTP body", () => {
  expect(capabilitiesOf({})).toEqual({ batch: false, tags: false, metadata: false, idempotency_key: false });
  expect(
    capabilitiesOf({ batch: {}, tags: { maxCount: 3 }, metadata: { maxCount: 10 }, idempotencyKey: true }),
  ).toEqual({ batch: {}, tags: { limit: 3 }, metadata: { limit: 10 }, idempotency_key: true });
});
