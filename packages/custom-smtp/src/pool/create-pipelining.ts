/** `sequential`: a command after the answer to the one before. `grouped`: an envelope in one write. `ahead`: with the content before it. */
export type PipeliningLevel = "sequential" | "grouped" | "ahead";

/** What this relay can cope with, learned from what became of it; shared by all its connections. */
export interface Pipelining {
  level(): PipeliningLevel;
  /** Whether the relay has answered a group of this level as it should. */
  isProven(level: PipeliningLevel): boolean;
  prove(level: PipeliningLevel): void;
  /** The relay misbehaved while this level was in use: from now on without it. */
  stepDown(from: PipeliningLevel): void;
}

const levels: readonly PipeliningLevel[] = ["sequential", "grouped", "ahead"];

/** `onStepDown` hears of each change once. */
export function createPipelining(
  highest: PipeliningLevel,
  onStepDown: (level: PipeliningLevel) => void,
): Pipelining {
  const rank = (level: PipeliningLevel) => levels.indexOf(level);
  const proven = new Set<PipeliningLevel>();
  let current = highest;
  return {
    level: () => current,
    isProven: (level) => proven.has(level),
    prove: (level) => proven.add(level),
    stepDown(from) {
      const lower = levels[rank(from) - 1];
      if (lower === undefined || rank(lower) >= rank(current)) return;
      current = lower;
      onStepDown(lower);
    },
  };
}
