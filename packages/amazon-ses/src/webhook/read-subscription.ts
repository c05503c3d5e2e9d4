import { isJsonObject, type JsonObject, textOf } from "@getfluxly/email-core/webhook";
import type { Reading } from "./reading.js";

interface Preferences {
  readonly isOutOfAll: boolean;
  readonly topics: ReadonlyMap<string, string>;
}

/** What the recipient changed on the list: everything at once, or topic by topic. */
export function readSubscription(told: JsonObject, recipients: readonly string[]): Reading[] {
  const [before, after] = [
    readPreferences(told.oldTopicPreferences),
    readPreferences(told.newTopicPreferences),
  ];
  const list = textOf(told.contactList);
  const all = { scope: "global", origin: "recipient", ...(list !== undefined && { id: list }) } as const;
  if (after.isOutOfAll) {
    return [
      before.isOutOfAll
        ? { type: "other", recipients }
        : { type: "unsubscribed", recipients, subscription: all },
    ];
  }
  const changes: Reading[] = [...after.topics]
    .filter(([topic, status]) => before.topics.get(topic) !== status)
    .flatMap(([id, status]) => {
      const type = status === "OptOut" ? "unsubscribed" : status === "OptIn" ? "resubscribed" : undefined;
      return type ? [{ type, recipients, subscription: { scope: "group", origin: "recipient", id } }] : [];
    });
  if (before.isOutOfAll) changes.unshift({ type: "resubscribed", recipients, subscription: all });
  return changes.length > 0 ? changes : [{ type: "other", recipients }];
}

function readPreferences(value: unknown): Preferences {
  const { unsubscribeAll, topicSubscriptionStatus }: JsonObject = isJsonObject(value) ? value : {};
  const topics = new Map<string, string>();
  for (const item of Array.isArray(topicSubscriptionStatus) ? topicSubscriptionStatus : []) {
    const { topicName, subscriptionStatus }: JsonObject = isJsonObject(item) ? item : {};
    const [name, status] = [textOf(topicName), textOf(subscriptionStatus)];
    if (name !== undefined && status !== undefined) topics.set(name, status);
  }
  return { isOutOfAll: unsubscribeAll === true, topics };
}
