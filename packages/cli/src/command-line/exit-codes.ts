/** What the program ends with. These numbers never change their meaning. */
export const exitCodes = {
  /** Everything that was asked for passed; warnings are allowed. */
  ok: 0,
  /** A mistake of this program. */
  internal: 1,
  /** Wrong or missing options. */
  usage: 2,
  config: 10,
  dns: 11,
  tcp: 12,
  greeting: 13,
  ehlo: 14,
  starttls: 15,
  tls: 16,
  auth: 17,
  "mail-from": 18,
  "rcpt-to": 19,
  data: 20,
  quota: 21,
  /** A stage that only one connector has. */
  "other-stage": 29,
  /** The settings were not really tested, or the outcome of a message is not known. */
  inconclusive: 30,
  /** The relay may not be connected to. */
  blocked: 31,
  /** DNS records have to be published or changed. */
  records: 40,
  /** A webhook is not authentic, or the address it was sent to did not take it. */
  webhook: 41,
  interrupted: 130,
} as const;
