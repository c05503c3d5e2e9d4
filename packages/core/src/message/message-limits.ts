/** Upper bounds of every message, whatever the connector; a relay may set narrower ones. */
export const messageLimits = {
  /** Of to, cc and bcc together. */
  recipients: 1000,
  /** UTF-16 units of the subject, of a display name and of a header's value. */
  lineCharacters: 900,
  headers: 100,
  attachments: 100,
  tags: 100,
  metadata: 100,
  /** Octets of text, html and attachments together, before any transfer encoding. */
  contentBytes: 50 * 1024 * 1024,
} as const;
