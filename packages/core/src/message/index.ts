export { createUlid, isUlid } from "./create-ulid.js";
export { isAddress } from "./is-address.js";
export { messageLimits } from "./message-limits.js";
export { needsSmtpUtf8 } from "./needs-smtp-utf8.js";
export { type ParsedAddress, parseAddress } from "./parse-address.js";
export { parseSender } from "./parse-sender.js";
export { type PrepareMessageOptions, prepareMessage } from "./prepare-message.js";
