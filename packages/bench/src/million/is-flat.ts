import type { MemorySample } from "../clients/client-task.js";
import { median } from "../statistics/median.js";

const rssGrowth = 1.15;
const heapGrowth = 1.25;

/**
 * Whether memory stays where it is, from the second quarter of the samples (the first one is still growing to its
 * working size) to the last: the resident memory by its median, and the heap by its lowest point, which is what is left
 * after a collection. A leak of some 20 bytes for each of a million messages shows.
 */
export function isFlat(samples: readonly MemorySample[]): boolean {
  const quarter = Math.floor(samples.length / 4);
  if (quarter < 3) throw new Error("too few samples to tell");
  const early = samples.slice(quarter, 2 * quarter);
  const late = samples.slice(-quarter);
  const rss = (part: readonly MemorySample[]) => median(part.map(({ rssBytes }) => rssBytes));
  const heap = (part: readonly MemorySample[]) => Math.min(...part.map((it) => it.heapUsedBytes));
  return rss(late) <= rssGrowth * rss(early) && heap(late) <= heapGrowth * heap(early);
}
