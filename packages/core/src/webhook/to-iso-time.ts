/**
 * ISO 8601 in UTC with milliseconds, cut and not rounded; null for what cannot be read, never "now". Takes any number of
 * fraction digits, `Z` or an offset, and a blank instead of the `T`. `zone` is what a text without a zone means; absent,
 * such a text cannot be read.
 */
export function toIsoTime(value: unknown, zone = ""): string | null {
  const [, day, time, fraction = "", hours, minutes = "00", utc] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?(?: ?([+-]\d\d)(?::?(\d\d))?| ?(Z|UTC))?$/i.exec(
      typeof value === "string" ? value.trim() : "",
    ) ?? [];
  const offset = hours ? `${hours}:${minutes}` : utc ? "Z" : zone;
  if (!day || !offset) return null;
  const seconds = fraction && time?.length === 5 ? "" : fraction.slice(0, 4);
  return toIso(Date.parse(`${day}T${time}${seconds}${offset}`));
}

/** The same from seconds since 1970, as number or text, with or without a fraction. */
export function secondsToIsoTime(value: unknown): string | null {
  const isNumber = typeof value === "number" || (typeof value === "string" && /^\d+(?:\.\d+)?$/.test(value));
  // A double near 2^31 errs by less than a microsecond: enough to fall short of the millisecond that was meant.
  return isNumber ? toIso(Math.floor(Number(value) * 1000 + 0.001)) : null;
}

/** The events of a batch share their seconds, and a date is slow to write: the last one is kept. */
let lastWritten = { milliseconds: 0, text: "" };

function toIso(milliseconds: number): string | null {
  const isReadable = milliseconds > 0 && milliseconds < Date.UTC(10_000, 0);
  if (!isReadable) return null;
  if (milliseconds !== lastWritten.milliseconds) {
    lastWritten = { milliseconds, text: new Date(milliseconds).toISOString() };
  }
  return lastWritten.text;
}
