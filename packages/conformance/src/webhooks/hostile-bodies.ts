const item = '{"event":"x","type":"x"}';

/** Bodies that no relay sends, below the limit of size. */
export const hostileBodies: Readonly<Record<string, string>> = {
  "not JSON": "<html>502 Bad Gateway</html>",
  empty: "",
  "half a JSON text": '[{"event":"delivered","email":"kim@exam',
  null: "null",
  "a number": "17",
  "with keys twice": '[{"event":"open","event":"click","event":{"event":[]}}]',
  "with hostile keys":
    '[{"__proto__":{"event":"open"},"constructor":"open","event":"constructor","toString":1}]',
  "nested 10,000 deep": `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  "an object nested 10,000 deep": `${'{"event":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  "of 30,000 items": `[${Array.from({ length: 30_000 }, () => item).join()}]`,
  "of 100,000 empty items": `[${Array.from({ length: 100_000 }, () => "{}").join()}]`,
};
