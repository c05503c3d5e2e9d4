import type { ProviderCapabilities, ProviderDescription } from "@getfluxly/email-core";
import { toProviderForm } from "./to-provider-form.js";

/** A connector as `GET /v1/connectors` lists it. */
export const toConnectorView = (description: ProviderDescription) => ({
  id: description.id,
  display_name: description.displayName,
  ...(description.documentationUrl !== undefined && { documentation_url: description.documentationUrl }),
  form: toProviderForm(description),
  secret_fields: description.secretFields,
  capabilities: toWireCapabilities(description.capabilities),
});

const limitOf = (limit: number | undefined) => (limit === undefined ? {} : { limit });

function toWireCapabilities({ batch, tags, metadata, idempotencyKey }: ProviderCapabilities) {
  return {
    batch: batch && limitOf(batch.maxMessages),
    tags: tags && limitOf(tags.maxCount),
    metadata: metadata && limitOf(metadata.maxCount),
    idempotency_key: idempotencyKey,
  };
}
