export { createManagedProvider } from "./create-managed-provider.js";
export { defineProvider } from "./define-provider.js";
