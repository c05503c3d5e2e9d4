import type { PresetMessage, RelayHeader } from "@getfluxly/email-custom-smtp/preset";
import type { AmazonSesMessageOptions } from "./amazon-ses-message-options.js";
import { encodeTagValue } from "./encode-tag-value.js";
import { tagNamePrefix } from "./tag-name-prefix.js";

/** Of the value of a message tag, as it travels. Names are shorter already: the message's own checks see to that. */
const maxCharacters = 256;

/**
 * SES's own fields, which it takes out before delivery.
 * Sources: "Specifying a configuration set and message tags" and "Using list management" in the SES developer guide.
 */
export function toHeaders({
  message: { tags = [], listUnsubscribe, envelope },
  config: { configuration_set },
  options: { configurationSet = configuration_set, contactList, topic },
  metadata,
  report,
}: PresetMessage<
  { readonly configuration_set?: string | undefined },
  AmazonSesMessageOptions
>): readonly RelayHeader[] {
  const messageTags: string[] = [];
  const add = (path: string, name: string, text: string) => {
    const value = encodeTagValue(text);
    if (value.length > maxCharacters) {
      report(
        path,
        `SES takes ${maxCharacters} characters for a value, and 188 bytes of a text that is not of letters, digits, _ and -.`,
      );
    }
    messageTags.push(`${name}=${value}`);
  };
  for (const [name, text] of Object.entries(metadata)) {
    const path = `metadata.${name}`;
    if (name.startsWith(tagNamePrefix))
      report(path, `Keys that begin with ${tagNamePrefix} are those of tags.`);
    add(path, name, text);
  }
  for (const [index, text] of tags.entries()) add(`tags[${index}]`, `${tagNamePrefix}${index + 1}`, text);

  const headers: RelayHeader[] = [["X-SES-MESSAGE-TAGS", messageTags.join(", ")]];
  if (configurationSet !== undefined) headers.push(["X-SES-CONFIGURATION-SET", configurationSet]);
  if (contactList !== undefined) {
    const path = "providerOptions.ses.contactList";
    if (envelope.to.length > 1) report(path, "SES manages lists for messages with one recipient only.");
    if (listUnsubscribe)
      report("listUnsubscribe", "SES would put its own in its place: leave out one of the two.");
    const list = `contactListName=${contactList}`;
    headers.push(["X-SES-LIST-MANAGEMENT-OPTIONS", topic === undefined ? list : `${list}; topic=${topic}`]);
  }
  return headers;
}
