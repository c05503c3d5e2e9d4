import {
  defaultCapabilities,
  type EmailMessage,
  type PreparedMessage,
  prepareMessage,
} from "@getfluxly/email-core";

export const date = new Date("2026-02-03T04:05:06.789Z");

/** A message of which only the interesting part is given, as core hands it over. */
export function prepare(
  message: Partial<EmailMessage>,
  sender: { readonly from_email?: string; readonly from_name?: string } = {},
): PreparedMessage {
  return prepareMessage(
    { to: [{ address: "anna@example.com" }], subject: "Hello", text: "Hi", ...message },
    {
      sender: { from_email: "shop@example.org", ...sender },
      providerId: "smtp",
      capabilities: defaultCapabilities,
      now: () => date,
    },
  );
}
