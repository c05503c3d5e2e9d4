import type { ClientName } from "../clients/client-name.js";
import type { Spread } from "../statistics/to-spread.js";

/** Three digits that count: 0.0451, 4.51, 45.1, 451, 4510. */
export function toFigure(value: number): string {
  if (value === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return digits > 0 ? value.toFixed(digits) : String(Math.round(value));
}

/** How we stand to a client: to smtp-source in percent, to the others as a multiple. */
export function toRatio(client: ClientName, ratio: number): string {
  return client === "smtp-source" ? `${Math.round(ratio * 100)} %` : `${ratio.toFixed(2)}x`;
}

/** `4.51x (4.40 to 4.60)` */
export function toRatioSpread(client: ClientName, { median, minimum, maximum }: Spread): string {
  const bare = (ratio: number) => toRatio(client, ratio).replace(/ ?[x%]$/, "");
  return `${toRatio(client, median)} (${bare(minimum)} to ${bare(maximum)})`;
}

export const toMegabytes = (bytes: number): string => String(Math.round(bytes / 1e6));
