import type { Mailbox } from "@getfluxly/email-core";
import type { Refuse } from "./create-refusal.js";

/** What nodemailer made of an address field. Whether core takes the addresses is core's matter. */
export function readMailboxes(parsed: unknown, path: string, refuse: Refuse): Mailbox[] {
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((entry: unknown, index): Mailbox[] => {
    const { address, name, group }: { address?: unknown; name?: unknown; group?: unknown } = Object(entry);
    if (typeof address === "string" && address !== "") {
      return [{ address, ...(typeof name === "string" && name !== "" && { name }) }];
    }
    if (group === undefined) {
      refuse(`${path}[${index}]`, `${JSON.stringify(name ?? "")} is no address.`);
    } else {
      refuse(`${path}[${index}]`, "A group is not supported: list its members.", "capability-unsupported");
    }
    return [];
  });
}
