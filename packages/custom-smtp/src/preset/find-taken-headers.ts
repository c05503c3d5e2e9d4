import type { Issue, PreparedMessage } from "@getfluxly/email-core";
import type { RelayHeader } from "../compose/relay-header.js";

/** A header of the message that the preset writes itself: relays read one of two, and not all the same one. */
export function findTakenHeaders({ headers = {} }: PreparedMessage, own: readonly RelayHeader[]): Issue[] {
  const taken = new Set(own.map(([name]) => name.toLowerCase()));
  return Object.keys(headers)
    .filter((name) => taken.has(name.toLowerCase()))
    .map((name) => ({
      path: `headers[${JSON.stringify(name)}]`,
      message: "Is written by the connector: use tags, metadata or providerOptions.",
    }));
}
