import type { Read } from "./read.js";

export function optional<T>(read: Read<T>): Read<T> {
  return (value, path, report) => (value === undefined ? value : read(value, path, report));
}
