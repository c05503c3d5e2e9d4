import type { RejectedRecipient, ServerReply } from "@getfluxly/email-core";

export interface WireReply {
  readonly code: number;
  readonly enhanced_status?: string;
  readonly text: string;
}

export interface WireRejection {
  readonly address: string;
  readonly permanent: boolean;
  readonly reply?: WireReply;
}

export const toWireReply = (reply: ServerReply): WireReply => ({
  code: reply.code,
  ...(reply.enhancedStatus !== undefined && { enhanced_status: reply.enhancedStatus }),
  text: reply.text,
});

/** A refused recipient in the spelling of HTTP bodies. */
export const toWireRejection = (rejected: RejectedRecipient): WireRejection => ({
  address: rejected.address,
  permanent: rejected.permanent,
  ...(rejected.reply && { reply: toWireReply(rejected.reply) }),
});
