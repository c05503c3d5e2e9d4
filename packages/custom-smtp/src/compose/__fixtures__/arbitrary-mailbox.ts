import type { Mailbox } from "@getfluxly/email-core";
import fc from "fast-check";
import { arbitraryLine } from "./arbitrary-line.js";

const address = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      "anna@example.com",
      "o'brien+tag@example.co.uk",
      "a.b@example.net",
      "{|}~@example.org",
      "x@xn--jgeva-dua.example.com",
      `${"l".repeat(64)}@${"d".repeat(60)}.${"e".repeat(60)}.example.com`,
    ),
    weight: 60,
  },
  { arbitrary: fc.stringMatching(/^[\w!#$%&'*+/^`{|}~-]{1,20}@[a-z]{1,10}\.example$/), weight: 120 },
  { arbitrary: fc.constantFrom("jörg@example.com", "=?x@example.com"), weight: 1 },
);

export const arbitraryMailbox: fc.Arbitrary<Mailbox> = fc.record(
  { address, name: arbitraryLine() },
  { requiredKeys: ["address"] },
);
