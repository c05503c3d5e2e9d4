import type { EmailMessage } from "../contract/index.js";
import { optional } from "./optional.js";
import type { Read } from "./read.js";
import { shape } from "./shape.js";
import { text } from "./text.js";

type ListUnsubscribe = NonNullable<EmailMessage["listUnsubscribe"]>;

const members = shape<ListUnsubscribe>({
  // RFC 2369 takes any URI; mail clients act on these two. In the header, angle brackets enclose it, commas separate.
  url: text(
    /^(?:https:\/\/(?=[^/?#])|mailto:)(?:(?![<>,"\\])[!-~])+$/i,
    "Must be an https or mailto URL, without blanks, commas and angle brackets.",
    900,
  ),
  oneClick: optional((value, path, report) =>
    typeof value === "boolean" ? value : report(path, "Must be true or false."),
  ),
});

export const listUnsubscribe: Read<ListUnsubscribe> = (value, path, report) => {
  const read = members(value, path, report);
  // RFC 8058 section 3.1.
  return read?.oneClick && !/^https/i.test(read.url) ? report(path, "One click needs an https URL.") : read;
};
