export interface WaitList {
  /** Resolves when `condition` holds; rejects with `describe()` after `timeoutMs`. */
  until(condition: () => boolean, timeoutMs: number, describe: () => string): Promise<void>;
  /** Looks at all conditions again. */
  check(): void;
  /** Rejects all that wait, and all that will. */
  close(reason: string): void;
}

export function createWaitList(): WaitList {
  const waiting = new Set<{ readonly condition: () => boolean; readonly settle: (error?: Error) => void }>();
  let closedFor: string | undefined;

  return {
    until: async (condition, timeoutMs, describe) => {
      if (condition()) return;
      if (closedFor !== undefined) throw new Error(closedFor);
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          entry.settle(new Error(`${describe()} (waited ${timeoutMs} ms)`));
        }, timeoutMs);
        const entry = {
          condition,
          settle: (error?: Error) => {
            clearTimeout(timer);
            waiting.delete(entry);
            if (error) reject(error);
            else resolve();
          },
        };
        waiting.add(entry);
      });
    },
    check: () => {
      for (const entry of [...waiting]) if (entry.condition()) entry.settle();
    },
    close: (reason) => {
      closedFor = reason;
      for (const entry of [...waiting]) entry.settle(new Error(reason));
    },
  };
}
