import { addTimes } from "./add-times.js";
import type { CallFrame, CpuProfile } from "./cpu-profile.js";

/** Whose work it is, in the order of the report. */
export const layers = [
  "writing to the sockets",
  "custom-smtp",
  "core",
  "Node.js's own JavaScript",
  "native code of V8 and libuv",
  "garbage collection",
  "the benchmark",
] as const;

type Layer = (typeof layers)[number];

/** Of all the time in which something ran; together 1. */
export type LayerShares = Readonly<Record<Layer, number>>;

export function shareByLayer(profile: CpuProfile): LayerShares {
  const times = addTimes(profile, toLayer);
  const total = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  const share = (layer: Layer): [Layer, number] => [layer, (times.get(layer) ?? 0) / total];
  return Object.fromEntries(layers.map(share)) as Record<Layer, number>;
}

function toLayer({ functionName, url }: CallFrame): Layer {
  if (url.includes("/packages/custom-smtp/")) return "custom-smtp";
  if (url.includes("/packages/core/")) return "core";
  if (url.startsWith("node:")) return "Node.js's own JavaScript";
  if (url !== "") return "the benchmark";
  if (functionName === "(garbage collector)") return "garbage collection";
  // The methods of a stream's handle: the system call happens in them, and with TLS the encryption.
  return /^write(?:v|Buffer|\w+String)$/.test(functionName)
    ? "writing to the sockets"
    : "native code of V8 and libuv";
}
