import type { PreparedMessage } from "@getfluxly/email-core";

/** Of each body. The whole message has a limit of its own. */
const bodyBytes = 5_000_000;

const forbiddenExtensions = new Set(
  "vbs exe bin bat chm com cpl crt hlp hta inf ins isp jse lnk mdb pcd pif reg scr sct shs vbe vba wsf wsh wsl msc msi msp mst".split(
    " ",
  ),
);

/**
 * What Postmark takes over SMTP, and then turns into a bounce of type SMTPApiError, which most servers report to nobody.
 * Source: https://postmarkapp.com/developer/user-guide/send-email-with-smtp
 */
export function findFaults(
  { text = "", html = "", attachments = [], tags: [tag] = [] }: PreparedMessage,
  metadata: Readonly<Record<string, string>>,
  report: (path: string, message: string) => void,
): void {
  for (const [path, body] of Object.entries({ text, html })) {
    if (body.length * 3 > bodyBytes && new TextEncoder().encode(body).length > bodyBytes) {
      report(path, "Postmark takes 5 MB.");
    }
  }
  for (const [index, { filename }] of attachments.entries()) {
    const extension = filename.replace(/.*\./s, "").toLowerCase();
    if (filename.includes(".") && forbiddenExtensions.has(extension)) {
      report(`attachments[${index}].filename`, `Postmark refuses attachments that end in .${extension}.`);
    }
  }
  if (tag !== undefined && !isHeaderText(tag)) {
    report("tags[0]", "Postmark's header takes ASCII, without blanks at the ends.");
  }
  const known = new Set<string>();
  for (const [key, value] of Object.entries(metadata)) {
    const path = `metadata.${key}`;
    if (key.length > 20) report(path, "Postmark takes 20 characters for a key.");
    if (value.length > 80) report(path, "Postmark takes 80 characters for a value.");
    if (!isHeaderText(value)) report(path, "Postmark's header takes ASCII, without blanks at the ends.");
    // Postmark numbers a repeated key, so that `gf_id` would come back as another.
    if (known.has(key.toLowerCase()))
      report(path, "Another key differs from it by case only, and headers have none.");
    known.add(key.toLowerCase());
  }
}

/** What looks like an encoded word (RFC 2047) would be decoded on the way. */
const isHeaderText = (text: string) => /^[!-~](?:[ -~]*[!-~])?$/.test(text) && !text.includes("=?");
