import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { dial } from "../../network/dial.js";
import type { HostResolver } from "../../network/resolve-host.js";
import type { Wire } from "../../session/wire.js";
import { createWire } from "../../session/wire.js";
import type { Finding } from "../observation.js";
import { toCertificateSummary } from "../to-certificate-summary.js";

interface CertificateProbe {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly tlsMode: "starttls" | "ssl";
  readonly clientName: string;
  readonly resolve: HostResolver;
  readonly signal: AbortSignal;
}

const namesTried = 4;
const stepMs = 2_500;

/**
 * Looks at the certificate without believing it, and closes: no data goes over the connection. Then asks which of its names
 * lead to the same address, for those may be entered instead.
 */
export async function probeCertificate(
  probe: CertificateProbe,
): Promise<Extract<Finding, { probe: "certificate" }> | undefined> {
  const socket = await handshake(probe).catch(() => undefined);
  if (!socket) return undefined;
  const summary = toCertificateSummary(socket);
  const protocol = socket.getProtocol() ?? undefined;
  socket.destroy();
  if (!summary) return undefined;
  const candidates = summary.names.filter(
    (name) => !name.includes("*") && isIP(name) === 0 && name !== probe.host,
  );
  const leads = await Promise.all(candidates.slice(0, namesTried).map((name) => leadsTo(name, probe)));
  return {
    probe: "certificate",
    names: summary.names,
    sameAddress: candidates.filter((_, index) => leads[index]),
    selfSigned: summary.subject === summary.issuer,
    protocol,
    validity: [summary.notBefore, summary.notAfter],
  };
}

async function leadsTo(name: string, { address, resolve, signal }: CertificateProbe): Promise<boolean> {
  try {
    return (await resolve(name, AbortSignal.any([signal, AbortSignal.timeout(stepMs)]))).includes(address);
  } catch {
    return false;
  }
}

async function handshake(probe: CertificateProbe): Promise<TLSSocket> {
  const signal = AbortSignal.any([probe.signal, AbortSignal.timeout(stepMs)]);
  const socket = await dial([probe.address], probe.port, signal);
  const onAbort = () => socket.destroy();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    if (probe.tlsMode === "starttls") {
      const wire = createWire(socket, { signal, expectsGreeting: true });
      await wire.reply(stepMs);
      await ask(wire, `EHLO ${probe.clientName}`);
      await ask(wire, "STARTTLS");
      wire.detach();
    }
    const secured = connect({
      socket,
      // Old versions too: which one it is, is part of the answer.
      minVersion: "TLSv1",
      rejectUnauthorized: false,
      ...(isIP(probe.host) === 0 && { servername: probe.host }),
    });
    await new Promise<void>((resolve, reject) => {
      secured
        .once("secureConnect", resolve)
        .once("error", reject)
        .once("close", () => reject(new Error("closed")));
    });
    secured.on("error", () => undefined);
    return secured;
  } catch (error) {
    socket.on("error", () => undefined).destroy();
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

async function ask(wire: Wire, command: string): Promise<void> {
  wire.command(`${command}\r\n`);
  const { code } = await wire.reply(stepMs);
  if (code >= 300) throw new Error(`${code}`);
}
