/** Drops labels from the left until at most 253 characters are left (RFC 7208 section 7.3), and a trailing dot. */
export function truncateName(expanded: string): string {
  let name = expanded.endsWith(".") ? expanded.slice(0, -1) : expanded;
  while (name.length > 253 && name.includes(".")) name = name.slice(name.indexOf(".") + 1);
  return name;
}
