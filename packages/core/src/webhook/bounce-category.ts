import type { BounceCategory, BounceScope } from "../contract/index.js";

/** Whose matter each category is. */
export const bounceScopes: Readonly<Record<BounceCategory, BounceScope>> = {
  "invalid-recipient": "recipient",
  "invalid-domain": "recipient",
  "mailbox-full": "recipient",
  "mailbox-disabled": "recipient",
  "mailbox-unavailable": "recipient",
  "too-large": "message",
  content: "message",
  protocol: "message",
  authentication: "sender",
  reputation: "sender",
  policy: "sender",
  "sender-rejected": "sender",
  "sender-unverified": "sender",
  "rate-limited": "sender",
  connection: "network",
  expired: "network",
  loop: "network",
  network: "network",
  system: "network",
  greylisted: "network",
  unknown: "unknown",
};

/** Subject and detail of an RFC 3463 status; the first line that fits counts. x.0.0, x.1.0 and x.5.0 say nothing. */
const byStatus: readonly (readonly [RegExp, BounceCategory])[] = [
  [/^1\.(?:[1346]|10)$/, "invalid-recipient"],
  [/^(?:1\.2|4\.4)$/, "invalid-domain"],
  [/^1\.[78]$/, "sender-rejected"],
  [/^2\.1$/, "mailbox-disabled"],
  [/^2\.2$/, "mailbox-full"],
  [/^(?:2\.3|3\.4)$/, "too-large"],
  [/^2\./, "mailbox-unavailable"],
  [/^3\./, "system"],
  [/^4\.[12]$/, "connection"],
  [/^4\.6$/, "loop"],
  [/^4\.7$/, "expired"],
  [/^4\./, "network"],
  [/^5\.[1-9]/, "protocol"],
  [/^6\./, "content"],
  [/^7\.28$/, "rate-limited"],
  [/^7\.2\d$/, "authentication"],
  [/^7\./, "policy"],
];

/** Words of replies, the narrow ones first: "domain does not exist" is not about the mailbox. */
const byWords: readonly (readonly [RegExp, BounceCategory])[] = [
  [/gr[ea]y-?list/, "greylisted"],
  [/too many|(?:rate|hourly|daily|sending).?limit|throttl/, "rate-limited"],
  [/\b(?:domain|sender|address)\b.{0,40} (?:not|un)[ -]?verified|unverified/, "sender-unverified"],
  [
    /\b(?:domain|host(?:name)?)\b.{0,40}\b(?:not found|does(?:n't| not) exist|unknown)|\bno (?:valid )?mx\b|(?:unable|fail\w*|could ?n.t|cannot|can't) (?:to )?(?:find|resolve|look ?up) .{0,20}\bmx\b|nxdomain/,
    "invalid-domain",
  ],
  [
    /(?:user|recipient|mailbox|account|address)[^.;]{0,40} (?:unknown|not found|does(?:n't| not) exist|not exist)|unknown (?:user|recipient|mailbox|local part)|no such|does(?:n't| not) exist|recipientnotfound|invalid (?:recipient|mailbox|address)/,
    "invalid-recipient",
  ],
  [/quota|(?:mailbox|inbox)[^.;]{0,20} full|full mailbox|insufficient (?:system )?storage/, "mailbox-full"],
  [
    /(?:account|mailbox|user|recipient|address)[^.;]{0,40} (?:disabled|inactive|deactivated|suspended)/,
    "mailbox-disabled",
  ],
  [/mailbox[^.;]{0,30} unavailable/, "mailbox-unavailable"],
  [/too large|too big|size (?:limit|exceed)|exceeds?\b.{0,30}\bsize/, "too-large"],
  [/\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated/, "authentication"],
  [/block ?list|black ?list|deny ?list|\bd?n?s?rbl\b|\bdnsbl\b|reputation|spamhaus/, "reputation"],
  [/\bspam|\bvirus|malware|phishing|\bcontent\b/, "content"],
  [/timed? ?-?out|connection (?:was )?refused|unreachable/, "connection"],
];

/** `5.1.1` to `invalid-recipient`; undefined for a status that says nothing about the reason. */
export function categoryOfStatus(status: string): BounceCategory | undefined {
  return find(byStatus, status.slice(2));
}

/** What the words of a reply say, in any letter case. */
export function categoryOfWords(text: string): BounceCategory | undefined {
  return find(byWords, text.toLowerCase());
}

function find(
  rules: readonly (readonly [RegExp, BounceCategory])[],
  text: string,
): BounceCategory | undefined {
  return rules.find(([pattern]) => pattern.test(text))?.[1];
}
