import type { CallFrame, CpuProfile } from "./cpu-profile.js";

/** Milliseconds by what `toName` calls a function, without what it called; the idle time left out. */
export function addTimes<Name extends string>(
  profile: CpuProfile,
  toName: (callFrame: CallFrame) => Name,
): Map<Name, number> {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<Name, number>();
  profile.samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (!frame || frame.functionName === "(idle)") return;
    const name = toName(frame);
    times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000);
  });
  return times;
}
