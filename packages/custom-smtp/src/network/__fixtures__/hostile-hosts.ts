/** Special-purpose IPv4 blocks of the IANA registry (RFC 6890 and its successors): first and last address of each. */
const blocks: readonly (readonly [first: string, last: string])[] = [
  ["0.0.0.0", "0.255.255.255"],
  ["10.0.0.0", "10.255.255.255"],
  ["100.64.0.0", "100.127.255.255"],
  ["127.0.0.0", "127.255.255.255"],
  ["169.254.0.0", "169.254.255.255"],
  ["172.16.0.0", "172.31.255.255"],
  ["192.0.0.0", "192.0.0.255"],
  ["192.0.2.0", "192.0.2.255"],
  ["192.88.99.0", "192.88.99.255"],
  ["192.168.0.0", "192.168.255.255"],
  ["198.18.0.0", "198.19.255.255"],
  ["198.51.100.0", "198.51.100.255"],
  ["203.0.113.0", "203.0.113.255"],
  ["224.0.0.0", "239.255.255.255"],
  ["240.0.0.0", "255.255.255.255"],
];

/** And what clouds answer their metadata on. */
const singles = [
  "127.0.0.1",
  "127.0.0.53",
  "169.254.169.254",
  "169.254.170.2",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
];

const toNumber = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const toAddress = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

const addresses = [
  ...new Set([
    ...blocks.flatMap(([first, last]) => {
      const [low, high] = [toNumber(first), toNumber(last)];
      return [low, low + 1, Math.floor((low + high) / 2), high - 1, high].map(toAddress);
    }),
    ...singles,
  ]),
];

const fullWidth = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))).replaceAll(".", "\uff0e");

/** One address in the spellings that resolvers, libraries and people know. */
function spellings(address: string): string[] {
  const parts = address.split(".").map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const hex = (value: number, digits = 0) => value.toString(16).padStart(digits, "0");
  const groups = [hex(a * 256 + b), hex(c * 256 + d)].join(":");
  const value = toNumber(address);
  return [
    address,
    `${address}.`,
    ...[
      `::ffff:${address}`,
      `::ffff:${groups}`,
      `0:0:0:0:0:ffff:${groups}`,
      `::ffff:0:${groups}`,
      `::${address}`,
      `::${groups}`,
    ],
    ...[
      `64:ff9b::${groups}`,
      `64:ff9b::${address}`,
      `64:ff9b:1::${groups}`,
      `2002:${groups}::`,
      `2002:${groups}::1`,
    ],
    ...[`2001:0:${groups}::`, `2001::${hex(0xffff - (a * 256 + b))}:${hex(0xffff - (c * 256 + d))}`],
    ...[`[::ffff:${groups}]`, `[${address}]`, `::ffff:${address}%eth0`, `${address}%25lo`],
    ...[String(value), `0x${hex(value)}`, `0${value.toString(8)}`],
    ...[
      parts.map((part) => `0x${hex(part)}`).join("."),
      parts.map((part) => `0${part.toString(8)}`).join("."),
    ],
    ...[
      parts.map((part) => `000${part}`).join("."),
      `${a}.${b}.${c * 256 + d}`,
      `${a}.${b * 65_536 + c * 256 + d}`,
    ],
    ...[
      fullWidth(address),
      ` ${address}`,
      `${address}\n`,
      `http://${address}`,
      `${address}:25`,
      `user@${address}`,
    ],
  ];
}

/** IPv6 that is not global unicast. */
const special = [
  ...[
    "::",
    "::1",
    "0:0:0:0:0:0:0:1",
    "::0001",
    "[::1]",
    "::1%lo",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fdff:ffff::1",
  ],
  ...[
    "fe80::1",
    "fe80::1%eth0",
    "febf::1",
    "fec0::1",
    "ff00::1",
    "ff02::1",
    "ff05::2",
    "100::1",
    "2001:db8::1",
    "2001:10::1",
  ],
  ...["2001:20::1", "2001:2::1", "3fff::1", "5f00::1", "2002::1", "2001::1", "4000::1", "8000::1", "1::1"],
];

/** Names that lead to this machine, or could only be in the own network. */
const names = [
  ...[
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "x.y.localhost.",
    "localhost.localdomain",
    "ip6-localhost",
  ],
  ...[
    "metadata",
    "metadata.google.internal",
    "metadata.internal",
    "printer.local",
    "router.lan",
    "nas.home.arpa",
  ],
  ...[
    "kubernetes.default.svc.cluster.local",
    "host.docker.internal",
    "intranet",
    "db.corp",
    "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3",
  ],
];

export const hostileHosts: readonly string[] = [
  ...new Set([...addresses.flatMap(spellings), ...special, ...names]),
];
