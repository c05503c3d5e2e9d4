export type { DeliveryOptions } from "./delivery-options.js";
export {
  createRelayNetworkPolicy,
  type RelayNetworkPolicy,
  type RelayNetworkPolicyOptions,
} from "./network/relay-network-policy.js";
export type { SmtpConfig, SmtpConfigInput } from "./smtp-config.js";
export {
  createCustomSmtpDefinition,
  customSmtpDefinition,
  customSmtpDefinition as default,
} from "./smtp-definition.js";
