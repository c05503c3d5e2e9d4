/** `to[0].address`, `headers["X-A"]`: bracketed where a key is no plain name, and cut, since keys are input too. */
export function toIssuePath(parent: string, key: PropertyKey): string {
  const name = String(key);
  if (/^\d+$/.test(name)) return `${parent}[${name}]`;
  if (!/^\w{1,64}$/.test(name)) return `${parent}[${JSON.stringify(name.slice(0, 64))}]`;
  return parent ? `${parent}.${name}` : name;
}
