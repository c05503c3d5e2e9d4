/** The reply set for an address, whatever the case of either. */
export function refusalFor(
  replies: Readonly<Record<string, string>> | undefined,
  address: string,
): string | undefined {
  const wanted = address.toLowerCase();
  return Object.entries(replies ?? {}).find(([refused]) => refused.toLowerCase() === wanted)?.[1];
}
