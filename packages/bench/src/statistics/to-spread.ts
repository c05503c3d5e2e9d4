import { median } from "./median.js";

export interface Spread {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
}

export function toSpread(values: readonly number[]): Spread {
  return { median: median(values), minimum: Math.min(...values), maximum: Math.max(...values) };
}
