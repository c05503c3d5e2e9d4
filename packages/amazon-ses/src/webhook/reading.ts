import type { EventDraft } from "@getfluxly/email-core/webhook";

/** What one event of SES says about one recipient, or about one of several. */
export type Reading = Pick<EventDraft, "type"> & Partial<Omit<EventDraft, "id">>;
