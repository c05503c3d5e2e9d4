import type { EmailMessage, PreparedMessage, ProviderContext, Sender } from "@getfluxly/email-core";

export const sender: Sender = { from_email: "from@example.test" };

export const message: EmailMessage = {
  to: [{ address: "to@example.test" }],
  subject: "Hello",
  text: "Hello",
};

/** What a connector gets, for the tests that call it without the managed provider around it. */
export const preparedMessage: PreparedMessage = {
  ...message,
  messageId: "01ARZ3NDEKTSV4RRFFQ69G5FAV@example.test",
  correlationId: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  from: { address: "from@example.test" },
  replyTo: [],
  envelope: { from: "from@example.test", to: ["to@example.test", "bcc@example.test"] },
};

export const context: ProviderContext = {
  sender,
  now: () => new Date(),
  certificateAuthorities: [],
  clientName: "client.test",
  fetch,
  log: () => undefined,
};
