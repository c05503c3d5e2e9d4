/** Begins the values of message tags that hold the base64url (RFC 4648 section 5) of a text that SES would not take. */
export const encodedPrefix = "gf64_";
