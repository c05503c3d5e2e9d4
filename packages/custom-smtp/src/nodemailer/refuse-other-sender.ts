import { type Mailbox, parseAddress, type Sender } from "@getfluxly/email-core";
import type { Refuse } from "./create-refusal.js";

/** In whose name a message is sent belongs to the stored provider. The address may stand alone, without its name. */
export function refuseOtherSender(
  path: "from" | "sender",
  given: readonly Mailbox[],
  stored: Sender,
  refuse: Refuse,
): void {
  const { from_email: address, from_name: name = "" } = stored;
  for (const mailbox of given) {
    const isSame = toKey(mailbox.address) === toKey(address) && (!mailbox.name || mailbox.name === name);
    if (isSame) continue;
    refuse(path, `This provider sends as ${toText({ address, name })}, not as ${toText(mailbox)}.`);
  }
}

/** Domains are the same in upper and lower case, local parts are not. */
function toKey(address: string): string {
  const canonical = parseAddress(address).address ?? address;
  return canonical.replace(/@[^@]*$/, (domain) => domain.toLowerCase());
}

function toText({ name, address }: Mailbox): string {
  return name ? `${JSON.stringify(name)} <${address}>` : address;
}
