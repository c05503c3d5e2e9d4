import type { EmailEvent, EmailEventType } from "../contract/index.js";
import type { IdFields } from "./digest-id.js";
import type { BounceEvidence } from "./judge-bounce.js";

/** What an adapter has read. The rest of the event is the same for all relays and follows from this. */
export interface EventDraft {
  readonly type: EmailEventType;
  readonly nativeType: string;
  /** The relay's own id of the event where it is unique; else the fields to make one from. */
  readonly id: string | IdFields;
  /** Default `recipient`. */
  readonly scope?: EmailEvent["scope"] | undefined;
  readonly relayEventId?: string | undefined;
  readonly relayMessageId?: string | undefined;
  /** With or without angle brackets. */
  readonly messageId?: string | undefined;
  /** Where it does not come as metadata `gf_id`, such as an ENVID. */
  readonly correlationId?: string | undefined;
  /** The recipients that it may be about: one is exact, several are "one of these". */
  readonly recipients?: readonly string[] | undefined;
  readonly occurredAt?: string | null | undefined;
  readonly smtp?: EmailEvent["smtp"];
  /** For `bounced` and `deferred`: what the relay says; the reply in `smtp` is evidence by itself. */
  readonly evidence?: Omit<BounceEvidence, "reply"> | undefined;
  readonly reject?: EmailEvent["reject"];
  readonly engagement?: EmailEvent["engagement"];
  readonly subscription?: EmailEvent["subscription"];
  readonly complaint?: EmailEvent["complaint"];
  readonly attempt?: number | undefined;
  readonly stream?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** From `toMetadata`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Default false. */
  readonly test?: boolean | undefined;
}
