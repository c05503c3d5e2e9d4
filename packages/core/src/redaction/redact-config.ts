import { redacted } from "./redact-text.js";

/** A copy for eyes and logs: every secret that is set, at any depth, replaced. */
export function redactConfig(config: unknown, secretFields: readonly string[]): unknown {
  if (Array.isArray(config)) return config.map((item) => redactConfig(item, secretFields));
  if (typeof config !== "object" || config === null) return config;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      secretFields.includes(key) && value != null ? redacted : redactConfig(value, secretFields),
    ]),
  );
}
