import type { Observation } from "../observation.js";
import type { Rule } from "../rule.js";

const form = { actor: "configuration", place: "form" } as const;
const refusals = [450, 454, 501, 550, 551, 553, 554, 571];
const afterLogin = ["mail-from", "rcpt-to", "data", "end-of-data", "body"] as const;
const toLoginAddress = ({ settings }: Observation) => {
  const name = settings?.username ?? "";
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name) && name !== settings?.from
    ? { set: { from_email: name }, verified: false }
    : undefined;
};

/** Sender, recipient, message, and limits. */
export const envelopeRules: readonly Rule[] = [
  {
    id: "auth.required",
    stage: "auth",
    ...form,
    title: "The relay wants a login",
    cause:
      "No user name and password are set, or they were not used, and the relay takes mail only after a login.",
    steps: ["Enter the relay's user name and password."],
    when: [
      { at: afterLogin, code: ["authentication-required"] },
      {
        at: afterLogin,
        reply: [530],
        that: ({ settings }) => settings?.tlsMode !== "none" || /auth/i.test(settings.username),
      },
      {
        at: afterLogin,
        reply: [530, 550, 503, 502],
        text: /authentication (?:is )?required|not (?:yet )?authenticated|(?:please|must|need to) authenticate|unauthenticated senders|client was not authenticated/i,
      },
      { at: afterLogin, text: /not logged in/i, that: ({ settings }) => settings?.username === "" },
    ],
    confidence: "confirmed",
  },
  {
    id: "quota.daily_limit",
    stage: "quota",
    actor: "relay",
    place: "wait",
    retryable: true,
    passes: true,
    title: "The account has used up what it may send",
    cause: "A daily or monthly limit of the relay is reached. The settings are right.",
    steps: ["Wait for the next period, or choose a larger plan."],
    when: [
      {
        at: afterLogin,
        text: /(?:daily|monthly|sending|user|message).{0,30}(?:limit|quota).{0,30}(?:exceeded|reached)|quota exceeded|exceeded.{0,30}(?:daily|sending) (?:limit|quota)|credits? exceeded/i,
      },
      { enhanced: /^5\.4\.5$/ },
    ],
  },
  {
    id: "quota.rate",
    stage: "quota",
    actor: "relay",
    place: "wait",
    retryable: true,
    passes: true,
    title: "The relay is asked too fast",
    cause: "It takes only so many messages in a time. The settings are right.",
    steps: ["Try again in some minutes.", "Set a rate for this relay."],
    when: [
      {
        text: /too much mail|throttl|rate.{0,10}(?:limit|exceeded)|maximum sending rate|temporary system problem|too many (?:messages|mails|emails|recipients)/i,
      },
    ],
  },
  {
    id: "mailfrom.send_as_denied",
    stage: "mail-from",
    actor: "configuration",
    place: "relay_console",
    title: "The mailbox may not send as {from}",
    cause:
      "The login is right, and the mailbox behind it lacks the right to send in this name. Exchange says so only after the whole message.",
    steps: [
      "Set from_email to the address of the login.",
      "Or have an administrator grant Send As, and wait an hour.",
    ],
    when: [
      { enhanced: /^5\.(?:7\.60|2\.252)$/ },
      { text: /SendAsDenied|permissions? to send as this sender/i },
    ],
    confidence: "confirmed",
    patch: toLoginAddress,
  },
  {
    id: "mailfrom.identity_unverified",
    stage: "mail-from",
    actor: "configuration",
    place: "relay_console",
    title: "The relay does not know that {from} is yours",
    cause: "It sends only from addresses or domains that were verified with it (Amazon SES: in this region).",
    steps: [
      "Verify the domain of from_email at the relay.",
      "Or set from_email to one that is verified.",
      "Where the reply names the recipient, the account is still in its sandbox: ask for production access.",
    ],
    when: [
      {
        at: afterLogin,
        // Postmark answers 401 and 412.
        reply: [...refusals, 530, 401, 412],
        text: /verified sender identity|sender signature|(?:address|domain|sender|identit\w+).{0,40}(?:is |are )?not (?:been )?verified|identities failed the check|not (?:verified|authori[sz]ed) to send|sender.{0,20}not (?:verified|authori[sz]ed)|domain.{0,30}not allowed|unverified/i,
      },
    ],
    confidence: "likely",
  },
  {
    id: "data.ms_auth_level",
    stage: "data",
    actor: "configuration",
    place: "dns_zone",
    title: "Outlook wants SPF, DKIM and DMARC of your domain",
    cause:
      "It refuses senders of much mail whose domain does not pass all three. The reply says which one fails.",
    steps: ["Publish the records that the reply marks as failed."],
    when: [{ enhanced: /^5\.7\.515$/ }, { text: /required authentication level/i }],
    confidence: "confirmed",
  },
  {
    id: "data.dmarc_reject",
    stage: "data",
    actor: "configuration",
    place: "dns_zone",
    title: "The mail does not prove that it comes from your domain",
    cause:
      "Neither SPF nor DKIM passes for the domain of from_email, and its DMARC record asks to refuse such mail. An address at a free mail provider never passes through another relay.",
    steps: [
      "Have the relay sign with DKIM for your domain, and publish the key.",
      "Use a return path under your domain, if the relay offers one.",
      "Send from an address at your own domain.",
    ],
    when: [
      { enhanced: /^5\.7\.26$/ },
      {
        text: /\bdmarc\b|not pass authentication|sender is unauthenticated|unauthenticated (?:e-?mail|sender)/i,
      },
    ],
    confidence: "confirmed",
  },
  {
    id: "data.spf_reject",
    stage: "data",
    actor: "configuration",
    place: "dns_zone",
    title: "The SPF record of your domain does not allow this way of sending",
    cause:
      "The receiving side looked the record up, and the address that mail comes from is not in it: the relay's include is missing, or this is not the relay for submission but the server of a recipient.",
    steps: [
      "Add the relay's include to the one SPF record of your domain.",
      "Check that host is the relay's host for submission, and not the MX of a domain.",
    ],
    when: [
      { at: afterLogin, enhanced: /^5\.7\.(?:23|24)$/ },
      {
        at: afterLogin,
        text: /\bspf\b.{0,40}(?:fail|reject|not (?:pass|permit|authori[sz]ed|allowed))|openspf\.(?:net|org)/i,
      },
    ],
  },
  {
    id: "mailfrom.domain_unknown",
    stage: "mail-from",
    actor: "configuration",
    place: "dns_zone",
    title: "The relay cannot find the domain of {from}",
    cause:
      "It looked the sender's domain up in the DNS, and found neither a mail server (MX) nor an address.",
    steps: [
      "Check the spelling of from_email.",
      "Have the domain's MX record published; a domain that nobody can answer looks like spam.",
      "If the domain is new, try again in an hour.",
    ],
    when: [
      {
        at: ["mail-from", "rcpt-to"],
        text: /domain (?:name )?not found|domain of sender.{0,80}does not (?:exist|resolve)|sender.{0,40}domain.{0,60}(?:not found|not exist|not resolve|no (?:mx|a) record)/i,
      },
    ],
  },
  {
    id: "mailfrom.account_blocked",
    stage: "mail-from",
    actor: "relay",
    place: "relay_console",
    title: "The relay has stopped this account from sending",
    cause: "It took too much of the account's mail for spam. Sometimes somebody else had found the password.",
    steps: [
      "Change the password, and look for mail that you did not send.",
      "Then have the relay's administrator or support release the account.",
    ],
    when: [{ at: afterLogin, text: /bad outbound sender|account.{0,40}(?:suspended|blocked from sending)/i }],
  },
  {
    id: "rcpt.sandbox",
    stage: "rcpt-to",
    actor: "configuration",
    place: "relay_console",
    title: "The account may write to chosen recipients only",
    cause: "It is a trial or a sandbox of the relay.",
    steps: ["Add the recipient at the relay, or have the account activated."],
    when: [
      {
        text: /sandbox (?:sub)?domain|(?:in|still in) (?:the |a )?sandbox|sandbox (?:account|mode)|authori[sz]ed recipients|test purposes only|trial account/i,
      },
    ],
    confidence: "likely",
  },
  {
    id: "rcpt.greylisted",
    stage: "rcpt-to",
    actor: "recipient",
    place: "wait",
    severity: "info",
    retryable: true,
    retryAfterMs: 300_000,
    passes: true,
    title: "The test recipient's server asks to come back later",
    cause: "It puts off senders that it does not know yet (greylisting). The settings are right.",
    steps: [
      "Nothing: mail is tried again by itself. For the test, wait five minutes or use another recipient.",
    ],
    when: [
      {
        at: ["rcpt-to", "data", "end-of-data"],
        text: /gr[ea]y-?list|try again later|come back later/i,
        reply: [450, 451, 421, 452],
      },
    ],
    confidence: "likely",
  },
  {
    id: "rcpt.relay_denied",
    stage: "rcpt-to",
    ...form,
    title: "The relay does not pass mail on for us",
    cause:
      "It sees us as a stranger: no login, a login that may not send, or a server that only receives mail for its own domains (an MX).",
    steps: [
      "Enter user name and password, if they are empty.",
      "Use the relay's host for submission, not the MX of a domain.",
      "Or have the relay allow this server's address.",
    ],
    when: [
      {
        at: ["rcpt-to", "mail-from"],
        text: /relay(?:ing)?.{0,20}(?:denied|not permitted|not allowed|prohibited|disallowed)|not permitted to relay|relay access denied|we do not relay|unable to relay/i,
      },
    ],
    confidence: "confirmed",
  },
  {
    id: "mailfrom.not_owned",
    stage: "mail-from",
    ...form,
    title: "The login may not send as {from}",
    cause: "from_email is not an address of the mailbox that logs in.",
    steps: [
      "Set from_email to the address of the login.",
      "Or add the address to the mailbox at the relay (alias, send as).",
    ],
    when: [
      {
        at: afterLogin,
        text: /sender.{0,30}reject|not owned by|not logged in|relaying disallowed as|not authori[sz]ed to send (?:from|as)|sender.{0,20}(?:not allowed|denied|mismatch)|envelope domain .{0,60}match/i,
      },
      { at: ["mail-from"], reply: [501, 530, 550, 551, 553, 554, 571] },
    ],
    patch: toLoginAddress,
  },
  {
    id: "mailfrom.deferred",
    stage: "mail-from",
    actor: "relay",
    place: "wait",
    retryable: true,
    title: "The relay does not take the sender at the moment",
    cause: "It answered MAIL FROM with a temporary refusal.",
    steps: [
      "Try again in some minutes.",
      "If it stays so, read the reply: some relays refuse for now what they will never take.",
    ],
    when: [{ at: ["mail-from"], reply: [421, 450, 451, 452, 454] }],
  },
  {
    id: "rcpt.unknown_user",
    stage: "rcpt-to",
    actor: "recipient",
    place: "form",
    severity: "info",
    passes: true,
    title: "The test recipient does not exist",
    cause: "The relay took login and sender, and says that {to} does not exist. The settings are right.",
    steps: ["Use another address for the test, such as your own."],
    when: [
      { at: ["rcpt-to"], enhanced: /^5\.1\.(?:1|2|3|6|10)$/ },
      // Exchange Online, for an address that it does not have.
      { at: ["rcpt-to"], enhanced: /^5\.4\.1$/, text: /recipient address rejected: access denied/i },
      {
        at: ["rcpt-to"],
        reply: [550, 551, 553],
        text: /user unknown|no such (?:user|recipient|mailbox)|does not exist|unknown (?:user|recipient|mailbox|local)|mailbox (?:unavailable|not found)|recipient not found|invalid (?:recipient|mailbox)/i,
      },
    ],
  },
  {
    id: "rcpt.mailbox_closed",
    stage: "rcpt-to",
    actor: "recipient",
    place: "form",
    severity: "info",
    passes: true,
    title: "The test recipient's mailbox takes no mail",
    cause:
      "The relay took login and sender, and says that the mailbox of {to} is full or switched off. The settings are right.",
    steps: ["Use another address for the test, such as your own."],
    when: [{ at: ["rcpt-to"], reply: [550, 552, 554], enhanced: /^5\.2\.[12]$/ }],
  },
  {
    id: "rcpt.deferred",
    stage: "rcpt-to",
    actor: "recipient",
    place: "wait",
    severity: "info",
    retryable: true,
    passes: true,
    title: "The test recipient is put off",
    cause: "The relay took login and sender, and answered the recipient with a temporary refusal.",
    steps: ["Try again in some minutes, or use another recipient for the test."],
    when: [{ at: ["rcpt-to"], reply: [421, 450, 451, 452, 454] }],
  },
  {
    id: "rcpt.refused",
    stage: "rcpt-to",
    actor: "recipient",
    place: "form",
    title: "The relay refuses the test recipient",
    cause: "It took login and sender, and not {to}. Its own words say why.",
    steps: ["Read the reply.", "Use another address for the test, such as your own."],
    when: [{ at: ["rcpt-to"], reply: [550, 551, 552, 553, 554, 555, 556, 571] }],
    confidence: "possible",
  },
  {
    id: "data.too_large",
    stage: "data",
    actor: "message",
    place: "form",
    title: "The message is too large for this relay",
    cause: "It is larger than the relay allows. Attachments grow by a third on the way.",
    steps: ["Send less, or send a link."],
    when: [
      { code: ["message-too-large"] },
      { reply: [552, 523], text: /size|large|big|exceed|long/i },
      { enhanced: /^5\.(?:3\.4|2\.3)$/ },
    ],
    confidence: "confirmed",
  },
  {
    id: "data.spam_rejected",
    stage: "data",
    actor: "message",
    place: "form",
    title: "The relay takes the message for spam",
    cause: "Its filter refuses the content, or the reputation of sender or address.",
    steps: [
      "Test with a plain message of some lines and your own sender.",
      "Leave out shortened links.",
      "Look at the blocklists and at the records of your domain.",
    ],
    when: [
      {
        at: afterLogin,
        text: /\bspam|unsolicited|content|virus|malware|phish|reputation|black ?list|block ?list|policy/i,
        reply: [550, 552, 554, 571, 521],
      },
    ],
  },
  {
    id: "data.refused",
    stage: "data",
    actor: "message",
    place: "form",
    title: "The relay refuses the message",
    cause: "It took login, sender and recipient, and not the message. Its own words say why.",
    steps: ["Read the reply."],
    when: [{ at: ["data", "end-of-data", "body"], that: ({ failure }) => (failure.reply?.code ?? 0) >= 500 }],
    confidence: "possible",
  },
  {
    id: "data.deferred",
    stage: "data",
    actor: "relay",
    place: "wait",
    retryable: true,
    title: "The relay does not take the message at the moment",
    cause: "It answered with a temporary refusal.",
    steps: ["Try again in some minutes."],
    when: [{ at: ["data", "end-of-data", "body"], that: ({ failure }) => (failure.reply?.code ?? 0) >= 400 }],
  },
];
