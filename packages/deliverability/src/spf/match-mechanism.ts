import ipaddr from "ipaddr.js";
import { isSameOrBelow } from "../dns/is-same-or-below.js";

import { findValidatedNames } from "./find-validated-names.js";
import { isInNetwork } from "./is-in-network.js";
import { SpfError } from "./spf-error.js";
import { spfLimits } from "./spf-limits.js";
import type { SpfMechanism } from "./spf-record.js";
import type { SpfScope } from "./spf-scope.js";

/** Whether a mechanism matches (RFC 7208 section 5). */
export async function matchMechanism(mechanism: SpfMechanism, scope: SpfScope): Promise<boolean> {
  const { client, evaluation } = scope;
  switch (mechanism.kind) {
    case "all":
      return true;
    case "ip4":
    case "ip6":
      return isInNetwork(client.address, mechanism.network.address, mechanism.network.prefix);
    case "include": {
      evaluation.countLookup();
      return includes(mechanism.source, await scope.toName(mechanism.domain), scope);
    }
    case "exists": {
      evaluation.countLookup();
      return (await evaluation.records(await scope.toName(mechanism.domain), "A")).length > 0;
    }
    case "ptr": {
      evaluation.countLookup();
      const target = await scope.toName(mechanism.domain);
      const names = await findValidatedNames(client.address, evaluation);
      return names.some((name) => isSameOrBelow(name, target));
    }
    case "a": {
      evaluation.countLookup();
      return hostMatches(await scope.toName(mechanism.domain), mechanism, scope);
    }
    case "mx": {
      evaluation.countLookup();
      const target = await scope.toName(mechanism.domain);
      const hosts = (await evaluation.records(target, "MX")).map(toExchange).filter((host) => host !== "");
      if (hosts.length > spfLimits.names) {
        throw new SpfError("permerror", `${target} has more than ${spfLimits.names} MX records.`);
      }
      for (const host of hosts) if (await hostMatches(host, mechanism, scope)) return true;
      return false;
    }
  }
}

async function hostMatches(
  host: string,
  { prefix4, prefix6 }: { readonly prefix4: number; readonly prefix6: number },
  { client, evaluation }: SpfScope,
): Promise<boolean> {
  const isIp4 = client.address instanceof ipaddr.IPv4;
  const addresses = await evaluation.records(host, isIp4 ? "A" : "AAAA");
  return addresses.some((address) => isInNetwork(client.address, address, isIp4 ? prefix4 : prefix6));
}

async function includes(source: string, target: string, scope: SpfScope): Promise<boolean> {
  try {
    return (await scope.evaluate(target)).result === "pass";
  } catch (error) {
    if (!(error instanceof SpfError) || error.result !== "none") throw error;
    throw new SpfError("permerror", `\`${source}\` leads to no record: ${error.message}`);
  }
}

function toExchange(record: string): string {
  const exchange = record.slice(record.indexOf(" ") + 1);
  return exchange === "." ? "" : exchange;
}
