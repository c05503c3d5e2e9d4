/** The versions of the contract that this SDK speaks, oldest first; `defineProvider` stamps the last. */
export const specificationVersions: readonly string[] = ["v1"];
