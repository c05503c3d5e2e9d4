export { createNodeResolver, type NodeResolverOptions } from "./create-node-resolver.js";
