export type ApiKeyMode = "live" | "test";

const pattern = /^gf_(live|test)_[A-Za-z0-9_-]{8,200}$/;

/** The mode of a well-formed key, undefined for any other text. */
export function parseApiKeyMode(key: string): ApiKeyMode | undefined {
  const mode = pattern.exec(key)?.[1];
  return mode === "live" || mode === "test" ? mode : undefined;
}
