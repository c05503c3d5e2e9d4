/**
 * What of a foreign error may be logged: name, system code and stack. Its other members may hold the parameters of a
 * query or a password.
 */
export function describeError(error: unknown): Readonly<Record<string, string | undefined>> {
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    system_code: "code" in error ? String(error.code) : undefined,
    stack: error.stack,
  };
}
