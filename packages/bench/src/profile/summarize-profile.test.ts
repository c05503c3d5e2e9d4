import { expect, test } from "vitest";
import { summarizeProfile } from "./summarize-profile.js";

const node = (id: number, functionName: string, url = "", lineNumber = -1) => ({
  id,
  callFrame: { functionName, url, lineNumber },
});

test("adds the time of a function wherever it was called from, without the idle time", () => {
  const profile = {
    nodes: [
      node(1, "(idle)"),
      node(2, "compose", "file:///a/dist/index.js", 9),
      node(3, "compose", "file:///a/dist/index.js", 9),
      node(4, "", "file:///a/dist/index.js", 19),
      node(5, "(garbage collector)"),
    ],
    samples: [1, 2, 3, 4, 5, 2],
    timeDeltas: [9000, 1000, 2000, 500, 3500, 3000],
  };
  expect(summarizeProfile(profile, 2)).toEqual([
    { name: "compose index.js:10", selfMs: 6, share: 0.6 },
    { name: "(garbage collector)", selfMs: 3.5, share: 0.35 },
  ]);
  expect(summarizeProfile(profile, 9).at(-1)?.name).toBe("(anonymous) index.js:20");
});
