/** Options of the commands that connect to a relay. */
export const settingsOptions = {
  relay: { type: "string", short: "r" },
  connector: { type: "string" },
  config: { type: "string", short: "c" },
  host: { type: "string" },
  port: { type: "string" },
  secure: { type: "string" },
  user: { type: "string", short: "u" },
  set: { type: "string", multiple: true },
  from: { type: "string" },
  "from-name": { type: "string" },
  "reply-to": { type: "string" },
  "password-stdin": { type: "boolean" },
  "password-file": { type: "string" },
  ca: { type: "string", multiple: true },
  "client-name": { type: "string" },
  "public-only": { type: "boolean" },
  timeout: { type: "string" },
} as const;

export const settingsHelp = `
Relay:
  -r, --relay ID         smtp (default), brevo, mailgun, mailtrap, postmark, sendgrid, ses, smtp2go
      --connector PATH   a connector of your own: a package, or a file such as ./connector.js
  -c, --config FILE      settings as JSON, named as in the REST API (provider, from_email, smtp_host, ...)
      --host HOST  --port PORT  --secure starttls|ssl|none  -u, --user NAME
      --set NAME=VALUE   any other setting of the relay
      --from ADDRESS  --from-name NAME  --reply-to ADDRESS
      --ca FILE          a certificate authority to trust besides the system's (PEM)
      --client-name NAME the name given in EHLO
      --public-only      refuse relays in private networks, as a hosted service does
      --timeout SECONDS  for everything; 30 by default

Secrets are never taken from the command line. They are asked for, or come from
      --password-stdin, --password-file FILE, GETFLUXLY_EMAIL_PASSWORD (or GETFLUXLY_EMAIL_ and
      the name of the field in upper case), or the file of --config.`;

/** Values of these options, as `parseArgs` gives them. */
export type SettingsValues = {
  readonly [Name in keyof typeof settingsOptions]?:
    | ((typeof settingsOptions)[Name] extends { type: "boolean" }
        ? boolean
        : (typeof settingsOptions)[Name] extends { multiple: true }
          ? string[]
          : string)
    | undefined;
};
