import { expect, test } from "vitest";
import { shareByLayer } from "./share-by-layer.js";

const frames = [
  ["(idle)", ""],
  ["writeBuffer", ""],
  ["writev", ""],
  ["writeUtf8String", ""],
  ["compose", "file:///home/packages/custom-smtp/dist/index.js"],
  ["prepare", "file:///home/packages/core/dist/index.js"],
  ["push", "node:internal/streams/readable"],
  ["(garbage collector)", ""],
  ["(program)", ""],
  ["RegExp: ^a$", ""],
  ["sendAll", "file:///home/packages/bench/dist/run-ours.js"],
] as const;

const profile = {
  nodes: frames.map(([functionName, url], id) => ({ id, callFrame: { functionName, url, lineNumber: 0 } })),
  samples: frames.map((_, id) => id),
  timeDeltas: frames.map(() => 1000),
};

test("adds the time of all functions of a layer, without the idle time", () => {
  expect(shareByLayer(profile)).toEqual({
    "writing to the sockets": 0.3,
    "custom-smtp": 0.1,
    core: 0.1,
    "Node.js's own JavaScript": 0.1,
    "native code of V8 and libuv": 0.2,
    "garbage collection": 0.1,
    "the benchmark": 0.1,
  });
});
