import type { WebhookAdapter } from "@getfluxly/email-core";
import { findDifferences } from "./find-differences.js";
import type { WebhookCase } from "./webhook-case.js";

/**
 * Has an adapter parse a case, twice, and says what is not as it should be; empty when all is. Beside what the case expects:
 * the same octets give the same ids, and the relay's item is in no JSON of an event.
 */
export async function runWebhookCase(
  { parse }: Pick<WebhookAdapter<never>, "parse">,
  { id, method, contentType, headers, body, expected }: WebhookCase,
): Promise<string[]> {
  const request = {
    method,
    url: `https://example.com/webhooks/${id}`,
    headers: [["Content-Type", contentType], ...Object.entries(headers)] as [string, string][],
    body: new TextEncoder().encode(body),
  };
  const [content, again] = [await parse(request), await parse(request)];
  const failures = content.failures.map(({ index, code }) => ({ index, code }));
  const found = [
    ...findDifferences(expected.events.length, content.events.length, "events.length"),
    ...expected.events.flatMap((event, index) =>
      findDifferences(event, content.events[index], `events[${index}]`),
    ),
    ...findDifferences(expected.failures, failures, "failures"),
    ...(expected.control ? findDifferences(expected.control, content.control, "control") : []),
    ...findDifferences(
      content.events.map((event) => event.id),
      again.events.map((event) => event.id),
      "ids of a second parse",
    ),
  ];
  if (content.events.some((event) => "raw" in JSON.parse(JSON.stringify(event)))) {
    found.push("the relay's item is in the JSON of an event");
  }
  return found;
}
