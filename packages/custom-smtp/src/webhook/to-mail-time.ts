import { toIsoTime } from "@getfluxly/email-core/webhook";

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A date of RFC 5322 section 3.3, or what a MIME parser made of it; null for what cannot be read. */
export function toMailTime(text: string | undefined): string | null {
  const [, day = "", month = "", year, time, zone] =
    /^\s*(?:[a-z]{3},\s*)?(\d{1,2})\s+([a-z]{3})\s+(\d{4})\s+(\d\d:\d\d(?::\d\d)?)\s+([+-]\d{4}|GMT|UTC?|Z)\b/i.exec(
      text ?? "",
    ) ?? [];
  const number = months.findIndex((name) => name.toLowerCase() === month.toLowerCase()) + 1;
  if (year === undefined || number === 0) return toIsoTime(text);
  const two = (value: string | number) => String(value).padStart(2, "0");
  const offset = /^[+-]/.test(zone ?? "") ? zone : "Z";
  return toIsoTime(`${year}-${two(number)}-${two(day)}T${time}${offset}`);
}
