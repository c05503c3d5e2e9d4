/**
 * Whether a Message-ID is one that nodemailer made and that is better made by us: without `from` it has the domain of
 * Reply-To or none, with a domain in Unicode it is none.
 */
export function isUnfitId(fields: ReadonlyMap<string, unknown>, from: unknown, id: string): boolean {
  const isGenerated = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}@/.test(id) && !isGiven(fields);
  return isGenerated && (!from || /[^\0-\x7f]/.test(id));
}

function isGiven(fields: ReadonlyMap<string, unknown>): boolean {
  if (fields.get("messageId")) return true;
  const headers: unknown = fields.get("headers") ?? {};
  const list: unknown[] = Array.isArray(headers) ? headers : [headers];
  const names = list.flatMap((it) => [Object(it).key, ...Object.keys(Object(it))]);
  return names.some((name) => /^\s*message-id\s*$/i.test(String(name)));
}
