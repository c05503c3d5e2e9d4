import fc from "fast-check";

const marks = [
  '"',
  "\\",
  ",",
  "(",
  ")",
  "<",
  ">",
  "@",
  ";",
  ":",
  "[",
  "]",
  ".",
  "_",
  "%",
  "'",
  "?",
  "=",
  "*",
  "&",
  "/",
];
const blanks = [" ", " ", " ", "  ", "     "];
const words = ["Order", "shop", "a@b.example", "=3D", "%20", "utf-8''x", "x".repeat(60), "0x_y"];
const scripts = [
  "é",
  "Grüße",
  "naïve",
  "世界",
  "Привет",
  "שלום",
  "\u202eRTL",
  "🎉",
  "👨‍👩‍👧",
  "e\u0301",
  "\u00a0",
  "𝒳",
  "ﷺ",
];
/** Few, because the fast composer leaves them to nodemailer. */
const encodedWords = ["=?utf-8?q?x?=", "=?", "?=", "=?UTF-8?B?eA==?= y"];

const plain = fc.oneof(
  { arbitrary: fc.string({ maxLength: 8 }), weight: 3 },
  { arbitrary: fc.constantFrom(...words), weight: 3 },
  { arbitrary: fc.constantFrom(...blanks), weight: 4 },
  { arbitrary: fc.constantFrom(...marks), weight: 2 },
);
const anyScript = fc.oneof(
  { arbitrary: plain, weight: 2 },
  { arbitrary: fc.constantFrom(...scripts), weight: 3 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 3 }), weight: 1 },
);

/**
 * Of the characters that core lets into a line, so many UTF-16 units at most; without U+FEFF, which the parser that the
 * composers are compared by takes for a byte order mark and drops.
 */
function toLine(text: string, limit: number): string {
  const line = text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, "").slice(0, limit);
  return line.isWellFormed() ? line : line.slice(0, -1);
}

/** A subject, name, value or file name of any script, sometimes as long as core allows. */
export function arbitraryLine(limit = 900): fc.Arbitrary<string> {
  const short = (unit: fc.Arbitrary<string>) =>
    fc.array(unit, { maxLength: 12 }).map((texts) => toLine(texts.join(""), limit));
  const repeated = (unit: fc.Arbitrary<string>) =>
    fc
      .tuple(short(unit), fc.integer({ min: 1, max: 300 }))
      .map(([text, times]) => toLine(text.repeat(times), limit));
  const withEncodedWord = fc
    .tuple(short(anyScript), fc.constantFrom(...encodedWords), short(anyScript))
    .map((texts) => toLine(texts.join(""), limit));
  return fc.oneof(
    { arbitrary: short(plain), weight: 80 },
    { arbitrary: short(anyScript), weight: 80 },
    { arbitrary: repeated(plain), weight: 20 },
    { arbitrary: repeated(anyScript), weight: 20 },
    { arbitrary: withEncodedWord, weight: 2 },
  );
}
