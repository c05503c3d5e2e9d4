import { type BenchMessage, benchSender } from "./bench-message.js";

/** The message as a file with \n, for smtp-source, which cannot compose. */
export function toRawMessage(message: BenchMessage): string {
  const { to, subject, text, attachment } = message;
  const headers = [
    `From: ${benchSender.name} <${benchSender.address}>`,
    `To: ${to.name} <${to.address}>`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${message.sequence}.bench@customer.test>`,
    "MIME-Version: 1.0",
  ];
  const textPart = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit", "", text];
  if (attachment === undefined) return [...headers, ...textPart].join("\n");
  const boundary = "=-bench-boundary";
  const base64 = Buffer.from(attachment.content).toString("base64");
  return [
    ...headers,
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    ...textPart,
    `--${boundary}`,
    `Content-Type: ${attachment.contentType}`,
    "Content-Transfer-Encoding: base64",
    `Content-Disposition: attachment; filename="${attachment.filename}"`,
    "",
    base64.replaceAll(/.{76}/g, "$&\n"),
    `--${boundary}--`,
    "",
  ].join("\n");
}
