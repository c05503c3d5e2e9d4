import { findingOf } from "../finding-of.js";
import type { Finding, Observation } from "../observation.js";
import type { Rule } from "../rule.js";
import { workingSettings } from "../settings-patch.js";

const serviceOf = (findings: readonly Finding[]) => findingOf(findings, "banner")?.service;
const isMasked = ({ banner = "", keywords = [] }: Observation) =>
  /\*{5,}|X{5,}/.test(banner) ||
  keywords.some((keyword) => /^X{4,}[A-Z]?$/i.test(keyword) || /^\*{4,}$/.test(keyword));
const toImplicitTls = ({ settings }: Observation, findings: readonly Finding[]) => {
  const works = findingOf(findings, "settings")?.works ?? [];
  const same = works.find(({ port, tlsMode }) => port === settings?.port && tlsMode === "ssl");
  const best = same ?? works.find(({ tlsMode }) => tlsMode === "ssl") ?? works[0];
  return best && { set: { smtp_port: best.port, smtp_secure: best.tlsMode }, verified: true };
};

/** From the greeting to STARTTLS. */
export const greetingRules: readonly Rule[] = [
  {
    id: "greeting.too_many",
    stage: "greeting",
    actor: "relay",
    place: "wait",
    retryable: true,
    title: "The relay has too many connections of ours",
    cause: "It allows only so many at a time, and others of this account or address are open.",
    steps: [
      "Try again in some minutes.",
      "Allow fewer connections at a time; some mailboxes take three, some one.",
    ],
    when: [
      {
        reply: [421, 432, 450, 452, 454, 535, 550, 554],
        text: /too many.{0,30}connection|concurrent.{0,30}(?:limit|connection)|connections? limit|connections? per (?:ip|account)/i,
      },
      { enhanced: /^4\.3\.2$/, text: /concurrent|connection/i },
    ],
  },
  {
    id: "greeting.no_reverse_dns",
    stage: "greeting",
    actor: "operator",
    place: "own_network",
    title: "The address of this server has no name in the DNS",
    cause:
      "The relay asked which name belongs to the address that connects (reverse DNS), and found none, or one that does not lead back to it.",
    steps: [
      "Have the hosting provider give the address a name (a PTR record) that leads back to the address.",
      "Use the ports for submission (587 or 465) with a login, not 25: there it is rarely asked.",
    ],
    when: [
      { enhanced: /^[45]\.7\.25$/ },
      {
        reply: [421, 450, 451, 550, 554],
        text: /(?:cannot|could not|can't|no) (?:find|resolve)?.{0,20}(?:your |reverse )+(?:host ?name|dns)|reverse dns|\bptr\b|ip name lookup failed/i,
      },
    ],
  },
  {
    id: "greeting.ip_blocked",
    stage: "greeting",
    actor: "relay",
    place: "relay_console",
    title: "The relay refuses the address of this server",
    cause: "The address is on a list of refused senders, or not on the list of those that may connect.",
    steps: [
      "Read the reply: it often names the list and the page to be taken off it.",
      "Allow this server's address at the relay, if it keeps a list.",
      "Use the ports for submission (587 or 465) with a login, not 25.",
    ],
    when: [
      {
        at: ["greeting"],
        reply: [550, 554, 571, 521, 553],
        text: /block|black ?list|deny|denied|reputation|spamhaus|rbl|not allowed|rejected|poor/i,
      },
      // Many relays say it only after RCPT TO.
      {
        at: ["ehlo", "mail-from", "rcpt-to"],
        reply: [421, 450, 521, 550, 553, 554, 571],
        text: /client host .{0,80}(?:blocked|rejected)|blocked (?:using|by) \S+\.|spamhaus|\b(?:rbl|dnsbl)\b/i,
      },
      { reply: [525], text: /unauthori[sz]ed ip/i },
      {
        text: /(?:unauthori[sz]ed|not (?:authori[sz]ed|allowed|permitted)).{0,20}\bip\b|\bip\b.{0,40}(?:block|black ?list|not (?:allowed|authori[sz]ed))/i,
      },
    ],
  },
  {
    id: "greeting.refused",
    stage: "greeting",
    actor: "relay",
    place: "relay_console",
    title: "The relay refuses the connection before anything was said",
    cause: "It does not talk to the address of this server, or takes no mail on port {port} at all.",
    steps: [
      "Read the reply.",
      "Check host and port with the relay's page: 587 or 465 are the usual ones.",
      "Ask the relay whether it allows this server's address.",
    ],
    confidence: "possible",
    when: [{ at: ["greeting"], that: ({ failure }) => (failure.reply?.code ?? 0) >= 500 }],
    patch: workingSettings,
  },
  {
    id: "greeting.deferred",
    stage: "greeting",
    actor: "relay",
    place: "wait",
    retryable: true,
    title: "The relay takes no connections at the moment",
    cause: "It answered with a temporary refusal before anything was said. The settings were not tested.",
    steps: ["Try again in some minutes.", "If it stays so, read the reply, and ask the relay."],
    confidence: "confirmed",
    when: [{ at: ["greeting"], reply: [421, 450, 451, 452, 454, 471] }],
  },
  {
    id: "greeting.not_smtp",
    stage: "greeting",
    actor: "configuration",
    place: "form",
    title: "Port {port} of {host} is not a mail server for sending",
    cause: "Another service answers there: a web server, a mailbox (IMAP or POP3), a remote shell.",
    steps: [
      "Use the relay's port for outgoing mail: 587 with starttls, or 465 with ssl. 143, 993, 110 and 995 are for reading mail.",
    ],
    when: [{ at: ["greeting", "ehlo"], code: ["protocol-violation"] }],
    confidence: "likely",
    judge: (findings) => {
      const service = serviceOf(findings);
      if (service === undefined || service === "silent" || service === "closed") return undefined;
      return service !== "smtp" && service !== "tls";
    },
    patch: workingSettings,
  },
  {
    id: "greeting.never_tls_port",
    stage: "greeting",
    actor: "configuration",
    place: "form",
    title: "Port {port} waits for TLS, and we wait for its greeting",
    cause:
      "With smtp_secure {mode} the relay speaks first. This port expects a TLS handshake first, so each side waits for the other.",
    steps: ["Set smtp_secure to ssl for this port."],
    when: [
      { at: ["greeting"], code: ["timed-out"], that: ({ settings }) => settings?.tlsMode !== "ssl" },
      {
        at: ["greeting"],
        code: ["connection-lost"],
        that: ({ settings, findings = [] }) => settings?.tlsMode !== "ssl" && serviceOf(findings) === "tls",
      },
    ],
    alternatives: ["greeting.silent", "greeting.not_smtp"],
    judge: (findings) => {
      const service = serviceOf(findings);
      return service === undefined ? undefined : service === "tls";
    },
    patch: toImplicitTls,
  },
  {
    id: "greeting.silent",
    stage: "greeting",
    actor: "network",
    place: "own_network",
    title: "Something accepts the connection on port {port} and says nothing",
    cause:
      "A firewall or proxy that answers in the relay's name, a port that waits for another protocol, or a relay that greets strangers very late.",
    steps: [
      "Check the port with the relay's page.",
      "Try 587, 465 or 2525.",
      "Ask whoever runs the network whether it filters SMTP.",
    ],
    when: [{ at: ["greeting"], code: ["timed-out"] }],
    judge: (findings) => {
      const service = serviceOf(findings);
      return service === undefined ? undefined : service === "silent";
    },
    patch: workingSettings,
  },
  {
    id: "greeting.closed",
    stage: "greeting",
    actor: "relay",
    place: "relay_console",
    retryable: true,
    title: "The relay hangs up before it says anything",
    cause:
      "It accepted the connection and closed it: the address of this server is not allowed, a limit of connections is reached, or something in between filters.",
    steps: [
      "Try again in some minutes.",
      "Ask the relay whether it allows this server's address.",
      "Try another port.",
    ],
    when: [{ at: ["greeting"], code: ["connection-lost"] }],
    patch: workingSettings,
  },
  {
    id: "ehlo.name_rejected",
    stage: "ehlo",
    actor: "operator",
    place: "own_network",
    title: "The relay does not accept the name by which this server greets it",
    cause: "It wants a full name of the DNS after EHLO, and got a bare word or the name of a container.",
    steps: ["Set the host's client name to a name that exists in the DNS, such as the domain of from_email."],
    when: [
      {
        reply: [450, 501, 504, 550, 553, 554],
        text: /\b(?:helo|ehlo)\b.{0,60}(?:reject|invalid|not accept|refus|syntax|fully|bad|unknown)|need fully-qualified hostname|(?:invalid|bad) (?:helo|ehlo)|host ?name.{0,20}(?:invalid|rejected)/i,
      },
    ],
  },
  {
    id: "starttls.stripped_by_firewall",
    stage: "starttls",
    actor: "network",
    place: "own_network",
    title: "A firewall in between rewrites the conversation and takes the encryption out",
    cause:
      "What the relay says arrives with rows of X or * in it: a firewall inspects SMTP and masks what it does not know, STARTTLS among it.",
    steps: [
      "Turn the inspection of SMTP off at the firewall (Cisco calls it inspect esmtp, or fixup).",
      "Or use port 465 with ssl, which it cannot rewrite.",
    ],
    when: [
      {
        that: isMasked,
        code: [
          "starttls-unsupported",
          "starttls-refused",
          "protocol-violation",
          "authentication-unsupported",
          "relay-refused",
        ],
      },
      { text: /X{4,}/, that: ({ stage }) => stage === "starttls" },
    ],
    confidence: "confirmed",
    patch: toImplicitTls,
  },
  {
    id: "starttls.not_offered",
    stage: "starttls",
    actor: "configuration",
    place: "form",
    title: "The relay does not offer encryption on port {port}",
    cause:
      "It does not announce STARTTLS there. Without TLS nothing is sent: the password would travel unencrypted.",
    steps: ["Use port 465 with smtp_secure ssl, if the relay has it."],
    when: [{ code: ["starttls-unsupported"] }, { at: ["starttls"], reply: [500, 502, 503, 504] }],
    judge: (findings) => {
      const finding = findingOf(findings, "settings");
      return finding && finding.works.length > 0 ? true : undefined;
    },
    patch: toImplicitTls,
  },
  {
    id: "starttls.temporary",
    stage: "starttls",
    actor: "relay",
    place: "wait",
    retryable: true,
    title: "The relay cannot encrypt at the moment",
    cause: "It announces STARTTLS and refuses it for now (RFC 3207: 454).",
    steps: ["Try again in some minutes.", "If it stays so, tell whoever runs the relay."],
    confidence: "confirmed",
    when: [{ at: ["starttls"], reply: [454, 421, 451] }],
  },
  {
    id: "starttls.required",
    stage: "starttls",
    actor: "configuration",
    place: "form",
    title: "The relay insists on encryption",
    cause: "smtp_secure is none, and the relay takes commands only inside TLS.",
    steps: ["Set smtp_secure to starttls."],
    when: [
      {
        reply: [530, 538, 454, 550, 554, 451, 523],
        text: /starttls|encryption (?:is )?required|must.{0,20}(?:tls|encrypt)|(?:tls|ssl).{0,20}required|secure connection/i,
        that: ({ settings }) => settings?.tlsMode === "none",
      },
      { reply: [538] },
    ],
    confidence: "confirmed",
    patch: () => ({ set: { smtp_secure: "starttls" }, verified: false }),
  },
];
