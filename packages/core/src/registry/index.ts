export { createProviderRegistry } from "./create-provider-registry.js";
export { specificationVersions } from "./specification-versions.js";
