/** Whether a name can be asked for in the DNS: labels of 1 to 63 octets, at most 253 altogether (RFC 1035 section 2.3.4). */
export function isDomainName(name: string): boolean {
  const absolute = name.endsWith(".") ? name.slice(0, -1) : name;
  return (
    absolute.length > 0 &&
    absolute.length <= 253 &&
    absolute.split(".").every((label) => label.length > 0 && label.length <= 63)
  );
}
