import type { MacroString } from "./macro-string.js";
import { parseDomainSpec } from "./parse-domain-spec.js";
import { parseMacroString } from "./parse-macro-string.js";
import { parseNetwork, parsePrefix } from "./parse-network.js";
import type { SpfModifier, SpfQualifier, SpfTerm } from "./spf-record.js";

const modifierForm = /^([a-z][a-z0-9._-]*)=(.*)$/i;
const mechanismForm = /^([-+~?]?)([a-z][a-z0-9._-]*)(.*)$/i;
const qualifiers: Readonly<Record<string, SpfQualifier>> = {
  "": "+",
  "+": "+",
  "-": "-",
  "~": "~",
  "?": "?",
};
const dualPrefix = /^(.*?)(?:\/([^/]*))?(?:\/\/([^/]*))?$/;

/** One term by the grammar of RFC 7208 sections 4.6.1, 5 and 6; a text says what is wrong with it. */
export function parseSpfTerm(source: string): SpfTerm | string {
  const modifier = modifierForm.exec(source);
  if (modifier !== null) return parseModifier(source, (modifier[1] ?? "").toLowerCase(), modifier[2] ?? "");
  const [, sign, word, rest = ""] = mechanismForm.exec(source) ?? [];
  if (sign === undefined || word === undefined) return "This is neither a mechanism nor a modifier.";
  const qualifier = qualifiers[sign] ?? "+";
  switch (word.toLowerCase()) {
    case "all":
      return rest === "" ? { kind: "all", source, qualifier } : "`all` takes nothing after it.";
    case "include":
    case "exists": {
      const kind = word.toLowerCase() === "include" ? "include" : "exists";
      const domain = rest.startsWith(":") ? parseDomainSpec(rest.slice(1)) : undefined;
      if (domain === undefined) return notADomain(kind, rest);
      return { kind, source, qualifier, domain };
    }
    case "ptr": {
      const domain = parseOptionalDomain(rest);
      return domain === null ? notADomain("ptr", rest) : { kind: "ptr", source, qualifier, domain };
    }
    case "a":
    case "mx":
      return parseHosts(source, word.toLowerCase() === "a" ? "a" : "mx", qualifier, rest);
    case "ip4":
    case "ip6": {
      const family = word.toLowerCase() === "ip4" ? 4 : 6;
      const network = rest.startsWith(":") ? parseNetwork(rest.slice(1), family) : undefined;
      if (network !== undefined) return { kind: `ip${family}`, source, qualifier, network };
      const other = family === 4 ? 6 : 4;
      return parseNetwork(rest.slice(1), other) === undefined
        ? `\`ip${family}:\` needs an IPv${family} address, or one with a prefix length.`
        : `This is an IPv${other} address: write \`ip${other}:\` before it.`;
    }
    default:
      return `There is no mechanism \`${word}\`.`;
  }
}

function parseModifier(source: string, name: string, value: string): SpfModifier | string {
  if (name !== "redirect" && name !== "exp") {
    return parseMacroString(value) === undefined ? "A macro in it is wrong." : { kind: "unknown", source };
  }
  const domain = parseDomainSpec(value);
  return domain === undefined ? `\`${name}=\` needs a domain name.` : { kind: name, source, domain };
}

function parseHosts(
  source: string,
  kind: "a" | "mx",
  qualifier: SpfQualifier,
  rest: string,
): SpfTerm | string {
  const [, target = "", four, six] = dualPrefix.exec(rest) ?? [];
  const prefix4 = four === undefined ? 32 : parsePrefix(four, 32);
  const prefix6 = six === undefined ? 128 : parsePrefix(six, 128);
  // A domain may hold slashes; then what looked like a prefix is part of it, unless the text ends there.
  const domain = parseOptionalDomain(target);
  if (domain !== null && prefix4 !== undefined && prefix6 !== undefined) {
    return { kind, source, qualifier, domain, prefix4, prefix6 };
  }
  const whole = parseOptionalDomain(rest);
  if (whole !== null) return { kind, source, qualifier, domain: whole, prefix4: 32, prefix6: 128 };
  return domain === null
    ? notADomain(kind, target)
    : "The prefix length is a number up to 32 after `/`, or up to 128 after `//`.";
}

/** `undefined`: there is none; `null`: there is a wrong one. */
function parseOptionalDomain(rest: string): MacroString | undefined | null {
  if (rest === "") return undefined;
  return (rest.startsWith(":") ? parseDomainSpec(rest.slice(1)) : undefined) ?? null;
}

function notADomain(kind: string, rest: string): string {
  return rest === "" || rest === ":"
    ? `\`${kind}:\` needs a domain name.`
    : `\`${rest.replace(/^:/, "")}\` is not a domain name that \`${kind}\` can take.`;
}
