export {
  createPostmarkDefinition,
  type PostmarkConfig,
  postmarkDefinition,
  postmarkDefinition as default,
} from "./postmark-definition.js";
export type { PostmarkMessageOptions } from "./postmark-message-options.js";
