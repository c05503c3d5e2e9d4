import type { PresetConnection } from "@getfluxly/email-custom-smtp/preset";

/**
 * A server's token is user name and password at once. An SMTP token is a pair that belongs to one stream, and its access key
 * says of which kind: `PM-B-` is a broadcast stream, which has a host of its own. 465 is not served, and 25 not worth a try.
 */
export function toConnection(token: string): PresetConnection {
  const [, accessKey, kind, secretKey] = /^(PM-([TB])-[^:]+):(.+)$/.exec(token) ?? [];
  return {
    host: kind === "B" ? "smtp-broadcasts.postmarkapp.com" : "smtp.postmarkapp.com",
    port: 587,
    fallbackPorts: [2525],
    tlsMode: "starttls",
    username: accessKey ?? token,
    password: secretKey ?? token,
  };
}
