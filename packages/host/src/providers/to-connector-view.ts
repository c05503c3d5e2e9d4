import type { ProviderDescription } from "@getfluxly/email-core";
import { toProviderForm } from "./to-provider-form.js";

/** A connector as `GET /v1/connectors` lists it. */
export const toConnectorView = (description: ProviderDescription) => ({
  id: description.id,
  display_name: description.displayName,
  ...(description.documentationUrl !== undefined && { documentation_url: description.documentationUrl }),
  form: toProviderForm(description),
  secret_fields: description.secretFields,
  capabilities: description.capabilities,
});
