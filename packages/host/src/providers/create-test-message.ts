import type { EmailMessage } from "@getfluxly/email-core";

interface Subject {
  readonly display_name: string;
  readonly provider: string;
  readonly from_email: string;
}

/** A short message in text and HTML that says which provider sent it, and that it is a test. */
export function createTestMessage({ display_name, provider, from_email }: Subject): Omit<EmailMessage, "to"> {
  const lines = [
    `This is a test message. It was sent through the e-mail provider "${display_name}" (${provider}) from ${from_email}.`,
    "It arrived, so the relay takes mail with these settings. If it is in your spam folder, check SPF, DKIM and DMARC of the sending domain.",
    "Nobody needs to answer it.",
  ];
  return {
    subject: `Test message from "${display_name}"`,
    text: `${lines.join("\n\n")}\n`,
    html: `<!doctype html>\n<html lang="en">\n<body>\n${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n")}\n</body>\n</html>\n`,
  };
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => entities[character] ?? "");
