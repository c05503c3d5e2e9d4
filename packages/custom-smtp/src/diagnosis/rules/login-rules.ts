import type { Observation, ObservedSettings } from "../observation.js";
import type { Rule } from "../rule.js";
import { workingSettings } from "../settings-patch.js";

const console = { actor: "configuration", place: "relay_console" } as const;
const form = { actor: "configuration", place: "form" } as const;
const hostIs =
  (pattern: RegExp) =>
  ({ settings, banner = "", failure }: Observation) =>
    pattern.test(settings?.host ?? "") || pattern.test(banner) || pattern.test(failure.reply?.text ?? "");
const isGoogle = hostIs(/gmail|google|gsmtp/i);
const isAmazon = hostIs(/amazonaws|amazonses|SimpleEmailService/i);

/** Relays whose user name is a fixed word, and that word. Sources: the relays' pages on SMTP. */
const fixedNames: readonly (readonly [host: RegExp, name: string])[] = [
  [/(?:^|\.)sendgrid\.net$/i, "apikey"],
  [/(?:^|\.)resend\.com$/i, "resend"],
  [/^(?:live|bulk)\.smtp\.mailtrap\.io$/i, "api"],
];
const fixedNameFor = (settings: ObservedSettings | undefined) =>
  fixedNames.find(([host]) => host.test(settings?.host ?? ""))?.[1];

/** AUTH, and what relays say instead of it. */
export const loginRules: readonly Rule[] = [
  {
    id: "auth.gmail_app_password",
    stage: "auth",
    ...console,
    title: "Google wants an app password",
    cause: "Google refuses the password of the account itself over SMTP.",
    steps: [
      "Turn on 2-Step Verification for the account.",
      "Create an app password and enter it without blanks.",
      "The user name is the full primary address, not an alias.",
    ],
    when: [
      { reply: [534, 535], enhanced: /^5\.7\.9$/ },
      { reply: [534, 535], text: /application-specific/i },
      { reply: [535], enhanced: /^5\.7\.8$/, that: isGoogle },
    ],
    links: ["https://support.google.com/accounts/answer/185833"],
    confidence: "likely",
  },
  {
    id: "auth.gmail_web_login",
    stage: "auth",
    ...console,
    title: "Google found the login unusual",
    cause: "It wants to see the owner of the account in a browser first.",
    steps: [
      "Open the address in the reply as this account, and confirm the login.",
      "Then try again; an app password is asked less often.",
    ],
    when: [{ reply: [534], enhanced: /^5\.7\.14$/ }, { text: /log in via your web browser/i }],
    confidence: "confirmed",
    links: ["https://support.google.com/mail/answer/78754"],
  },
  {
    id: "auth.o365_basic_disabled",
    stage: "auth",
    ...console,
    title: "Microsoft takes no passwords for this account",
    cause:
      "Login with a password is switched off for the account; app passwords take the same way and fail too.",
    steps: ["Use a relay that takes passwords or keys.", "Changing the password does not help."],
    when: [
      { text: /basic authentication is (?:disabled|not supported)/i },
      { at: ["auth"], enhanced: /^5\.7\.30$/ },
    ],
    confidence: "confirmed",
    links: [
      "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
    ],
  },
  {
    id: "auth.o365_tenant_disabled",
    stage: "auth",
    ...console,
    title: "SMTP is switched off for this mailbox at Microsoft",
    cause:
      "Authenticated SMTP is off for the organisation or for the mailbox. The password was not looked at.",
    steps: [
      "Have an administrator turn on Authenticated SMTP for the mailbox, and look at security defaults and conditional access.",
      "Changing the password does not help.",
    ],
    when: [
      // The same status for a wrong password.
      { enhanced: /^5\.7\.139$/, text: /^(?!.*credentials were incorrect)/is },
      {
        text: /smtpclientauthentication is disabled|smtp ?auth.{0,30}(?:disabled|not enabled)|client authentication is disabled/i,
      },
    ],
    confidence: "confirmed",
    links: ["https://aka.ms/smtp_auth_disabled"],
  },
  {
    id: "auth.ses_iam_not_smtp",
    stage: "auth",
    ...console,
    title: "Amazon SES wants its own SMTP credentials",
    cause: "The secret of an IAM key is no SMTP password, and an SMTP password is good in its region only.",
    steps: [
      "In the SES console, in the region of {host}, create SMTP credentials.",
      "The user name begins with AKIA; the password is the 44 characters shown once, not the 40 of the secret key.",
    ],
    when: [
      { reply: [535], that: isAmazon },
      {
        reply: [535],
        text: /^(?:5\.7\.\d+ )?authentication credentials invalid$/i,
        that: ({ settings }) => /^AKIA/.test(settings?.username ?? ""),
      },
    ],
    links: ["https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html"],
  },
  {
    id: "auth.relay_fixed_username",
    stage: "auth",
    ...form,
    title: "This relay has a fixed user name",
    cause:
      "Its user name is a word that is the same for everybody, and the key is the password. (SendGrid: apikey. Resend: resend. Postmark: the token twice.)",
    steps: [
      "Set the user name to the relay's word.",
      "Make a new key that may send, if the name was right already.",
    ],
    when: [
      {
        reply: [535, 550],
        text: /bad username \/ password|authorization grant is invalid|invalid username/i,
      },
      {
        reply: [535],
        that: ({ settings }) => {
          const name = fixedNameFor(settings);
          return name !== undefined && settings?.username !== name;
        },
      },
    ],
    patch: ({ settings }) => {
      const name = fixedNameFor(settings);
      return name === undefined || name === settings?.username
        ? undefined
        : { set: { username: name }, verified: false };
    },
    links: [
      "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api",
    ],
  },
  {
    id: "quota.login_refused",
    stage: "quota",
    actor: "relay",
    place: "wait",
    retryable: true,
    passes: true,
    title: "The account has used up what it may send",
    cause: "The relay refuses the login for that, though the login itself is right.",
    steps: ["Wait for the next period, or choose a larger plan.", "Do not change the password."],
    when: [
      {
        at: ["auth"],
        text: /credits? exceeded|(?:messages?|sending|monthly|daily|quota).{0,20}(?:limit|quota).{0,20}(?:reached|exceeded)|limit reached/i,
      },
    ],
  },
  {
    id: "auth.too_many_logins",
    stage: "auth",
    actor: "relay",
    place: "wait",
    retryable: true,
    title: "The relay has seen too many logins",
    cause: "Either each message logs in anew, or wrong passwords before have set up a penalty.",
    steps: ["Wait an hour before the next try.", "Let messages share connections."],
    when: [{ text: /too many.{0,30}(?:login|auth|attempt|fail)/i }],
    confidence: "confirmed",
  },
  {
    id: "auth.temporary",
    stage: "auth",
    actor: "relay",
    place: "wait",
    retryable: true,
    title: "The relay cannot check logins at the moment",
    cause: "It answered with a temporary refusal, so the password is neither right nor wrong (RFC 4954).",
    steps: ["Try again in some minutes. Do not change the password."],
    confidence: "confirmed",
    when: [{ at: ["auth"], reply: [454, 451, 421, 450, 432] }],
    links: ["https://www.rfc-editor.org/rfc/rfc4954"],
  },
  {
    id: "auth.cleartext_refused",
    stage: "auth",
    ...form,
    title: "The relay takes no unencrypted password",
    cause: "smtp_secure is none, and the relay wants TLS before the login.",
    steps: ["Set smtp_secure to starttls."],
    when: [
      {
        at: ["auth"],
        reply: [538, 504, 530, 535, 503, 454],
        text: /encrypt|tls|secure|cleartext|plain ?text/i,
        that: ({ settings }) => settings?.tlsMode === "none",
      },
      { at: ["auth"], reply: [538] },
    ],
    confidence: "confirmed",
    patch: () => ({ set: { smtp_secure: "starttls" }, verified: false }),
  },
  {
    id: "auth.mechanism_unsupported",
    stage: "auth",
    ...form,
    title: "The relay offers no login with user name and password here",
    cause: "It offers other kinds of login only (such as NTLM or OAuth), or none for this account.",
    steps: [
      "Use a port or an account of the relay that takes passwords.",
      "If the relay knows this server by its address, leave user name and password empty (on an allowed network).",
    ],
    when: [
      { at: ["auth"], reply: [504, 534] },
      { at: ["auth"], enhanced: /^5\.7\.4$/ },
      { code: ["authentication-unsupported"], that: ({ authentication = [] }) => authentication.length > 0 },
    ],
  },
  {
    id: "auth.not_advertised",
    stage: "auth",
    ...form,
    title: "The relay offers no login on port {port}",
    cause:
      "It announces no AUTH there: a port between mail servers (25), or a relay that knows its clients by their address. The password was not checked.",
    steps: [
      "Use the relay's port for submission: 587 with starttls, or 465 with ssl.",
      "If the relay knows this server by its address, leave user name and password empty (on an allowed network).",
    ],
    when: [{ code: ["authentication-unsupported"] }, { at: ["auth"], reply: [500, 502, 503] }],
    confidence: "confirmed",
    patch: workingSettings,
  },
  {
    id: "auth.invalid",
    stage: "auth",
    ...form,
    title: "The relay does not accept this user name and password",
    cause:
      "One of them is wrong, the user name has another form (a full address, or only its first part), the account needs an app password, or it is locked.",
    steps: [
      "Enter both again. Do not try many times: relays lock accounts.",
      "Check that it is the password for SMTP, and not the one for the relay's pages or its API.",
      "With two-factor login, create an app password.",
    ],
    when: [{ code: ["authentication-failed"] }, { at: ["auth"], reply: [535, 550, 530, 553, 554] }],
    confidence: "likely",
  },
];
