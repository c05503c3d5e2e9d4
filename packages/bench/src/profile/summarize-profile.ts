import { basename } from "node:path";
import { addTimes } from "./add-times.js";
import type { CallFrame, CpuProfile } from "./cpu-profile.js";

export interface FunctionTime {
  /** Such as `compose smtp-provider.js:120`. */
  readonly name: string;
  readonly selfMs: number;
  /** Of all the time that something ran. */
  readonly share: number;
}

/** The functions in which most time was spent, without what they called; the idle time left out. */
export function summarizeProfile(profile: CpuProfile, limit: number): FunctionTime[] {
  const times = addTimes(profile, toName);
  const total = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  return [...times]
    .map(([name, selfMs]) => ({ name, selfMs, share: selfMs / total }))
    .sort((one, other) => other.selfMs - one.selfMs)
    .slice(0, limit);
}

function toName({ functionName, url, lineNumber }: CallFrame): string {
  const name = functionName || "(anonymous)";
  return url === "" ? name : `${name} ${basename(url)}:${lineNumber + 1}`;
}
