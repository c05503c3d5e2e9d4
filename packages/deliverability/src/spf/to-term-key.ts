import type { MacroString } from "./macro-string.js";
import type { SpfTerm } from "./spf-record.js";

/** Equal for mechanisms that match the same clients, however they are written. The qualifier is not part of it. */
export function toTermKey(term: SpfTerm): string {
  switch (term.kind) {
    case "ip4":
    case "ip6":
      return `${term.kind}:${toNetwork(term.network.address.toByteArray(), term.network.prefix)}/${term.network.prefix}`;
    case "a":
    case "mx":
      return `${term.kind}:${toName(term.domain)}/${term.prefix4}//${term.prefix6}`;
    case "include":
    case "exists":
    case "ptr":
    case "redirect":
    case "exp":
      return `${term.kind}:${toName(term.domain)}`;
    case "all":
      return "all";
    case "unknown":
      return term.source;
  }
}

function toNetwork(bytes: number[], prefix: number): string {
  return bytes
    .map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - index * 8))) & 0xff)
    .join(".");
}

/** Macros are compared as they are: upper case means something else there. */
function toName(domain: MacroString | undefined): string {
  const parts = (domain ?? []).map((part) =>
    typeof part === "string" ? part.toLowerCase() : JSON.stringify(part),
  );
  return parts.join("").replace(/\.$/, "");
}
