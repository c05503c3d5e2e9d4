import { normalizeName } from "./normalize-name.js";

/** Whether a name is the domain itself or lies below it. */
export function isSameOrBelow(name: string, domain: string): boolean {
  const [lower, upper] = [normalizeName(name), normalizeName(domain)];
  return lower === upper || lower.endsWith(`.${upper}`);
}
