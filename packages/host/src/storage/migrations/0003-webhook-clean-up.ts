import type { Migration } from "./migration.js";

/** Requests that were processed are removed after a while. */
export const webhookCleanUp: Migration = {
  number: 3,
  name: "webhook clean-up",
  statements: [
    "create index webhook_requests_processed on webhook_requests (processed_at) where processed_at is not null",
  ],
};
