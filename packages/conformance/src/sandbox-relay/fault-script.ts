import { checkFault } from "./check-fault.js";
import type { Fault, FaultPoint } from "./fault.js";

export interface FaultScript {
  /** The fault that is due at this point, which thereby counts as used once. */
  take(point: FaultPoint): Fault | undefined;
  /** Counts a fault as met. */
  met(fault: Fault): void;
  metCount(point: FaultPoint): number;
  replace(faults: readonly Fault[]): void;
}

/** `permanent` faults stand behind the replaceable ones. */
export function createFaultScript(options: {
  readonly faults: readonly Fault[];
  readonly permanent: readonly Fault[];
  readonly onMet: () => void;
}): FaultScript {
  let planned: { readonly fault: Fault; passes: number }[] = [];
  const met = new Map<FaultPoint, number>();

  const script: FaultScript = {
    take: (point) => {
      for (const entry of planned) {
        if (entry.fault.at !== point) continue;
        entry.passes += 1;
        const use = entry.passes - (entry.fault.skip ?? 0);
        if (use >= 1 && use <= (entry.fault.times ?? Number.POSITIVE_INFINITY)) return entry.fault;
      }
      return undefined;
    },
    met: (fault) => {
      met.set(fault.at, (met.get(fault.at) ?? 0) + 1);
      options.onMet();
    },
    metCount: (point) => met.get(point) ?? 0,
    replace: (faults) => {
      for (const fault of faults) checkFault(fault);
      met.clear();
      planned = [...faults, ...options.permanent].map((fault) => ({ fault, passes: 0 }));
    },
  };
  script.replace(options.faults);
  return script;
}
