import { domainToUnicode } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAddress } from "./is-address.js";
import { needsSmtpUtf8 } from "./needs-smtp-utf8.js";
import { parseAddress } from "./parse-address.js";

const label63 = "a".repeat(63);

describe("is taken as it is", () => {
  test.each([
    "a@example.com",
    "A.b-C_d@Example.COM",
    "!#$%&'*+-/=?^_`{|}~@example.org",
    "user+tag=x@mail.example.co.uk",
    "1@2.example",
    "-leading@example.com",
    "user@localhost",
    "user@ab--cd.com",
    "user@1.2.3.4a",
    "user@123.com",
    `${"l".repeat(64)}@example.com`,
    `a@${label63}.com`,
    `${"l".repeat(60)}@${label63}.${label63}.${"a".repeat(57)}.com`,
    "user@xn--mnchen-3ya.de",
    "user@XN--MNCHEN-3YA.de",
    "用户@example.com",
    "ünï@example.com",
    "अजय@example.com",
    "👍@example.com",
  ])("%s", (address) => {
    expect(parseAddress(address)).toEqual({ address });
    expect(isAddress(address)).toBe(true);
  });
});

describe("a domain in Unicode becomes its A-labels", () => {
  test.each([
    ["info@münchen.de", "info@xn--mnchen-3ya.de"],
    ["a@faß.de", "a@xn--fa-hia.de"],
    ["用户@例え.jp", "用户@xn--r8jz45g.jp"],
    ["a@mail.例え.テスト", "a@mail.xn--r8jz45g.xn--zckzah"],
    ["a@ünïcode-9.example", "a@xn--ncode-9-oza9i.example"],
  ])("%s", (given, address) => {
    const [, domain = ""] = address.split("@");
    expect(parseAddress(given)).toEqual({ address });
    expect(domainToUnicode(domain)).toBe(given.split("@")[1]);
    expect(parseAddress(address)).toEqual({ address });
  });
});

describe("is refused", () => {
  test.each([
    // What nodemailer rewrites into another, deliverable address.
    "a@ex.com>\r\nRCPT TO:<evil@x.com",
    "a@ex.com,b@ex.com",
    "a b@ex.com",
    "a@ex\r.com",
    "a@b.com\0.evil.com",
    "a@ex.com\u0085",
    "a@ex.com\u2028",
    "\ufeffa@ex.com",
    // Syntax beyond a bare address.
    "<a@ex.com>",
    "A <a@ex.com>",
    '"a"@ex.com',
    '"a b"@ex.com',
    '"a@x.com"@ex.com',
    "a(comment)@ex.com",
    "(c)a@ex.com",
    "a@(c)ex.com",
    "@relay.com:a@ex.com",
    "@a.com,@b.com:c@ex.com",
    "group:a@ex.com;",
    "group:;",
    "a@[127.0.0.1]",
    "a@[IPv6:::1]",
    "=?utf-8?q?a=40evil.com?=@ex.com",
    "=?x?=@ex.com",
    "a=?us-ascii?q?b?=c@ex.com",
    "a\\@b@ex.com",
    // Blanks, at every place.
    " a@ex.com",
    "a@ex.com ",
    "a @ex.com",
    "a@ ex.com",
    "a\t@ex.com",
    "a\u00a0@ex.com",
    "a\u3000b@ex.com",
    "a\u2800b@ex.com",
    "a@ex.com\n",
    // Dots.
    ".a@ex.com",
    "a.@ex.com",
    "a..b@ex.com",
    "a@.ex.com",
    "a@ex..com",
    "a@ex.com.",
    // Parts missing or too many.
    "",
    "a",
    "@",
    "a@",
    "@ex.com",
    "a@b@ex.com",
    "a@ex",
    "a@LOCALHOST",
    "a@localhost.",
    // Lengths.
    `${"l".repeat(65)}@ex.com`,
    `${"ü".repeat(33)}@ex.com`,
    `a@${label63}a.com`,
    `${"l".repeat(60)}@${label63}.${label63}.${"a".repeat(62)}.com`,
    `a@${`${"ü".repeat(20)}.`.repeat(10)}com`,
    // Domains.
    "a@-ex.com",
    "a@ex-.com",
    "a@e_x.com",
    "a@ex!.com",
    "a@127.0.0.1",
    "a@127.1",
    "a@2130706433",
    "a@ex.0x7f",
    "a@ex.0X7F",
    "a@ex.0x",
    "a@ex.123",
    "a@ex.com:25",
    "a@ex.com/path",
    "a@ex.com?q",
    "a@ex.com#f",
    "a@ex.com\\b",
    "a@ex%2ecom",
    "a@%65x.com",
    // Another spelling of a Unicode domain.
    "a@MÜNCHEN.de",
    "a@mu\u0308nchen.de",
    "a@ｅｘ.com",
    "a@ex。com",
    "a@例え。jp",
    "a@ex\u00adample.com",
    "a@ex\ufe0fample.com",
    "a@ex\u200bample.com",
    "a@ü\u200d.com",
    "a@-ü.com",
    "a@ü-.com",
    "a@ab--ü.com",
    "a@xn--ü.com",
    "a@\u0301ü.com",
    "a@אa.com",
    "a@１.com",
    "a@ü.１２３",
    "a@☃.com",
    // The local part.
    "mu\u0308@ex.com",
    "\u0301a@ex.com",
    "a\u200bb@ex.com",
    "a\u202eb@ex.com",
    "a\u2066b@ex.com",
    "a\ufeffb@ex.com",
    "a\u00adb@ex.com",
    "a\u034fb@ex.com",
    "❤\ufe0f@ex.com",
    "a\u3164b@ex.com",
    "a\ue000b@ex.com",
    "a\ufdd0b@ex.com",
    "a\uffffb@ex.com",
    "a\ud800b@ex.com",
    "a\udc00@ex.com",
    "a＜b@ex.com",
    "a＠b@ex.com",
    "a，b@ex.com",
    "a⒈b@ex.com\u0007",
    "a\u0007@ex.com",
    "a\x7f@ex.com",
    "a\x9b@ex.com",
    "a‐b\u2029@ex.com",
  ])("%j", (text) => {
    const { address, reason } = parseAddress(text);
    expect(address).toBeUndefined();
    expect(reason).toMatch(/^[A-Z].*\.$/);
    expect(isAddress(text)).toBe(false);
  });

  test.each([undefined, null, 1, {}, ["a@ex.com"], new String("a@ex.com"), Symbol("a")])(
    "what is no text: %s",
    (value) => {
      expect(parseAddress(value)).toEqual({ reason: "Must be text." });
    },
  );
});

describe("whatever comes in", () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      "@",
      ".",
      "-",
      "a",
      "1",
      "xn--",
      "ü",
      "例",
      "\r",
      "\n",
      " ",
      "<",
      ">",
      ",",
      '"',
      "(",
      "\0",
    ),
    fc.string({ maxLength: 3, unit: "binary" }),
    fc.constantFrom("example", "com", "localhost", "0x7f", "\u0085", "\u200d", "\ufe0f", "ß", "İ", "ſ"),
  );
  const texts = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));
  const addresses = fc.tuple(texts, texts).map(([local, domain]) => `${local}@${domain}`);

  test("what is taken stays as it was, but for the domain's alphabet", () => {
    fc.assert(
      fc.property(addresses, (text) => {
        const { address } = parseAddress(text);
        if (address === undefined) return;
        const [local, domain = ""] = address.split("@");
        const [givenLocal, givenDomain = ""] = text.split("@");
        expect(local).toBe(givenLocal);
        expect(domain).toMatch(/^[a-z\d-]+(?:\.[a-z\d-]+)*$/i);
        expect([domain, domainToUnicode(domain)]).toContain(givenDomain);
        expect(address).not.toMatch(/[\s\p{C}<>(),:;\\"[\]]/u);
        expect(parseAddress(address)).toEqual({ address });
      }),
      { numRuns: 10_000 },
    );
  });

  test("hostile lengths are refused before any pattern sees them", () => {
    for (const piece of ["a", "a.", "@", "ü", "(", "a@", "xn--", "\ud83d\ude00", "-"]) {
      expect(parseAddress(piece.repeat(1_000_000)).reason).toBe("Longer than 254 octets.");
    }
  });
});

test("only an address beyond ASCII needs SMTPUTF8, not a domain in A-labels", () => {
  expect(needsSmtpUtf8("ünï@example.com")).toBe(true);
  expect(needsSmtpUtf8(parseAddress("info@münchen.de").address ?? "")).toBe(false);
});
