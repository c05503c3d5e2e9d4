import fc from "fast-check";

const lineEnds = ["\n", "\n", "\r\n", "\r", "\n\r", "\r\r\n", "\n\n"];
const syntax = [
  ".",
  "..",
  "\n.",
  "\n.\n",
  "\r\n.\r\n",
  "From ",
  "\nFrom x",
  "--",
  "\n--=_",
  "=",
  "==",
  "=3D",
  "=\n",
  "=20",
  "=?",
];
const blanks = [" ", "  ", "\t", " \n", "\t\r\n", " \r", "   "];
const controls = ["\x01", "\x0b", "\x0c", "\x1b", "\x7f"];
const long = [74, 75, 76, 77, 150, 996, 997, 998, 999, 1997].map((length) => "x".repeat(length));
const latin = ["é", "ü", "ß", "naïve", "e\u0301", "\u00a0", "ÿ"];
const scripts = [
  "世界",
  "Привет",
  "שלום",
  "مرحبا",
  "\u202eRTL\u202c",
  "ไทย",
  "🎉",
  "👨‍👩‍👧‍👦",
  "🇦🇹",
  "\u0300",
  "\ufeff",
  "\u2028",
  "𝒳",
];

const piece = (...lists: readonly (readonly string[])[]) => fc.constantFrom(...lists.flat());
const word = fc.string({ maxLength: 12 });
const ascii = fc.oneof(
  { arbitrary: word, weight: 6 },
  { arbitrary: piece(lineEnds, syntax, blanks), weight: 8 },
  { arbitrary: piece(controls), weight: 1 },
  { arbitrary: piece(long), weight: 1 },
);
const joined = (unit: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(unit, { maxLength }).map((parts) => parts.join(""));

/** A body of any script, with all that line ends, transfer encodings and end-of-data marks stumble over. */
export const arbitraryText: fc.Arbitrary<string> = fc
  .oneof(
    { arbitrary: joined(ascii, 24), weight: 4 },
    { arbitrary: joined(fc.oneof(ascii, ascii, piece(latin)), 24), weight: 3 },
    { arbitrary: joined(fc.oneof(ascii, piece(scripts, latin)), 24), weight: 2 },
    {
      arbitrary: joined(fc.oneof(piece(scripts, lineEnds), fc.string({ unit: "binary", maxLength: 6 })), 24),
      weight: 2,
    },
  )
  .map((text) => text.replaceAll("\0", ""));
