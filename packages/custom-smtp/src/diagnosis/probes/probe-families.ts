import { isIP } from "node:net";
import { dial } from "../../network/dial.js";
import type { Finding } from "../observation.js";

const dialMs = 2_500;

/** One dial over IPv4 and one over IPv6, where the relay has both. */
export async function probeFamilies(
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Extract<Finding, { probe: "family" }>> {
  const reach = async (family: 4 | 6) => {
    const address = addresses.find((it) => isIP(it) === family);
    if (address === undefined) return undefined;
    const socket = await dial([address], port, AbortSignal.any([signal, AbortSignal.timeout(dialMs)])).catch(
      () => undefined,
    );
    socket?.destroy();
    return socket !== undefined;
  };
  const [ipv4, ipv6] = await Promise.all([reach(4), reach(6)]);
  return { probe: "family", ipv4, ipv6 };
}
