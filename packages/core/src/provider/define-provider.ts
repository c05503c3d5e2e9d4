import type {
  ConfigSchema,
  ProviderCapabilities,
  ProviderDefinition,
  ReservedField,
  SecretField,
} from "../contract/index.js";
import { assertDefinition } from "./assert-definition.js";

type NoReserved<Schema extends ConfigSchema> =
  Extract<SecretField<Schema>, ReservedField> extends never
    ? unknown
    : { readonly configSchema: `reserved field: ${Extract<SecretField<Schema>, ReservedField>}` };

/**
 * Makes a connector: stamps the specification version, checks the definition and freezes it. Misspelt secrets, reserved
 * field names and a promised but missing `sendBatch` do not compile; what types cannot see throws `definition-invalid`.
 */
export function defineProvider<
  const Id extends string,
  Schema extends ConfigSchema,
  const Capabilities extends ProviderCapabilities,
  WebhookSchema extends ConfigSchema = ConfigSchema<never>,
>(
  definition: Omit<ProviderDefinition<Id, Schema, WebhookSchema, Capabilities>, "specificationVersion"> &
    NoReserved<Schema>,
): ProviderDefinition<Id, Schema, WebhookSchema, Capabilities> {
  const given: Omit<
    ProviderDefinition<Id, Schema, WebhookSchema, Capabilities>,
    "specificationVersion"
  > = definition;
  const defined = Object.freeze({ ...given, specificationVersion: "v1" as const });
  assertDefinition(defined);
  return defined;
}
