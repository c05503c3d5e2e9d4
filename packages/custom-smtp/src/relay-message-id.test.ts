import { expect, test } from "vitest";
import { relayMessageIdIn } from "./relay-message-id.js";

test.each([
  ["2.0.0 Ok: queued as 4F2XyZ1abc", "4F2XyZ1abc"],
  ["Ok: queued as 9C4F-1.2", "9C4F-1.2"],
  ["OK id=1tABcd-0001Xy-2Z", "1tABcd-0001Xy-2Z"],
  ["Message Queued (0A1B2C3D-1111-2222-3333-444455556666.1)", "0A1B2C3D-1111-2222-3333-444455556666.1"],
  [
    "Ok 0102018f2a3b4c5d-11112222-3333-4444-5555-666677778888-000000",
    "0102018f2a3b4c5d-11112222-3333-4444-5555-666677778888-000000",
  ],
  ["2.0.0 Ok", undefined],
  ["Message accepted for delivery", undefined],
])("%j names %s", (text, id) => {
  expect(relayMessageIdIn(text)).toBe(id);
});
