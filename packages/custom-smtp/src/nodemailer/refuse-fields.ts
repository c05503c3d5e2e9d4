import type { Refuse } from "./create-refusal.js";

const composition = "Not supported: the connector composes the message itself.";
const ofProvider = "Not supported: this is set where the provider is opened.";

/** All that nodemailer's transports act on and an EmailMessage has no place for. */
const unsupported: Readonly<Record<string, string>> = {
  raw: composition,
  alternatives: "Not supported: a message has text, html and attachments.",
  amp: "Not supported: a message has text, html and attachments.",
  watchHtml: "Not supported: a message has text, html and attachments.",
  icalEvent: "Not supported. Attach the invitation as text/calendar.",
  date: "Not supported: the date is that of sending.",
  encoding: composition,
  textEncoding: composition,
  baseBoundary: composition,
  boundaryPrefix: composition,
  newline: composition,
  normalizeHeaderKey: composition,
  dkim: "Not supported: the relay signs.",
  dsn: "Not supported: delivery notifications cannot be asked for.",
  requireTLSExtensionEnabled: "Not supported: REQUIRETLS cannot be asked for.",
  auth: ofProvider,
  ses: ofProvider,
};

/** Like nodemailer, takes an empty value for an absent field. */
export function refuseFields(fields: ReadonlyMap<string, unknown>, refuse: Refuse): void {
  for (const [name, sentence] of Object.entries(unsupported)) {
    const value = fields.get(name);
    const isGiven = Array.isArray(value) ? value.length > 0 : Boolean(value);
    if (isGiven) refuse(name, sentence, "capability-unsupported");
  }
}
