/** What was pasted as a host, without scheme, credentials, port and path; undefined if nothing is left. */
export function toBareHost(
  text: string,
): { host: string; port: number | undefined; isChanged: boolean } | undefined {
  const [, host = "", digits] =
    /^\s*(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^/\s]*@)?(\[[\da-f:.]+\]|[^\s:/,@]+)(?::(\d{1,5}))?(?:[/?#,\s].*)?$/is.exec(
      text,
    ) ?? [];
  if (host === "") return undefined;
  const bare = host.replace(/^\[|\]$/g, "");
  return { host: bare, port: digits === undefined ? undefined : Number(digits), isChanged: bare !== text };
}
