export { createVault, type SecretBinding, type Vault, type VaultOptions } from "./create-vault.js";
export { parseMasterKeys } from "./parse-master-keys.js";
export type { VaultKey } from "./vault-key.js";
