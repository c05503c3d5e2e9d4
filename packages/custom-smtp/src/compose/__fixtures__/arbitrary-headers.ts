import fc from "fast-check";
import { arbitraryLine } from "./arbitrary-line.js";

const name = fc.oneof(
  fc.constantFrom(
    "X-Campaign",
    "x_entity",
    "Auto-Submitted",
    "Precedence",
    "List-Id",
    "Feedback-ID",
    "Keywords",
    "X-SMTPAPI",
    `X-${"Long".repeat(18)}`,
  ),
  fc.stringMatching(/^X-[\w-]{1,30}$/).filter((text) => !/^x-gf-/i.test(text)),
);
const ids = fc.array(fc.stringMatching(/^<[a-z\d.]{1,40}@[a-z]{1,20}\.example>$/), {
  minLength: 1,
  maxLength: 12,
});

export const arbitraryHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { arbitrary: fc.dictionary(name, arbitraryLine(), { maxKeys: 4, noNullPrototype: true }), weight: 12 },
  {
    arbitrary: fc.record({
      "In-Reply-To": ids.map(([id = ""]) => id),
      References: ids.map((list) => list.join(" ")),
    }),
    weight: 3,
  },
  { arbitrary: fc.record({ References: arbitraryLine() }), weight: 1 },
);
