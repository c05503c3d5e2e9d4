export * from "./config/index.js";
export * from "./contract/index.js";
export * from "./errors/index.js";
export * from "./message/index.js";
export * from "./provider/index.js";
export * from "./registry/index.js";
