import { basename } from "node:path";

/** The part of V8's format that is needed. Source: the DevTools protocol, domain Profiler, type Profile. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface FunctionTime {
  /** Such as `compose smtp-provider.js:120`. */
  readonly name: string;
  readonly selfMs: number;
  /** Of all the time that something ran. */
  readonly share: number;
}

/** The functions in which most time was spent, without what they called; the idle time left out. */
export function summarizeProfile(profile: CpuProfile, limit: number): FunctionTime[] {
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, toName(callFrame)]));
  const times = new Map<string, number>();
  profile.samples.forEach((id, index) => {
    const name = names.get(id) ?? "";
    if (name === "(idle)") return;
    times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000);
  });
  const total = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  return [...times]
    .map(([name, selfMs]) => ({ name, selfMs, share: selfMs / total }))
    .sort((one, other) => other.selfMs - one.selfMs)
    .slice(0, limit);
}

function toName({ functionName, url, lineNumber }: CpuProfile["nodes"][number]["callFrame"]): string {
  const name = functionName || "(anonymous)";
  return url === "" ? name : `${name} ${basename(url)}:${lineNumber + 1}`;
}
