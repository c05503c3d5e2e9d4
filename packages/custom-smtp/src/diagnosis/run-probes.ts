import type { ProbeReport } from "@getfluxly/email-core";
import { vetAddresses } from "../network/vet-addresses.js";
import type { SessionOptions } from "../session/session-options.js";
import type { Finding, Observation } from "./observation.js";
import { probeBanner } from "./probes/probe-banner.js";
import { probeCertificate } from "./probes/probe-certificate.js";
import { probeFamilies } from "./probes/probe-families.js";
import { otherSettings, probeSettings } from "./probes/probe-settings.js";

const budgetMs = 10_000;
const eachMs = 3_500;

/**
 * Looks around after a failure, without credentials and only at the address that the policy permits, to tell causes apart.
 * All at once; what does not answer in time has found nothing.
 */
export async function runProbes(
  observation: Observation,
  session: SessionOptions,
): Promise<{ findings: Finding[]; probes: ProbeReport[] }> {
  const { failure, stage, systemCode = "" } = observation;
  const address = permittedAddress(observation, session);
  if (address === undefined) return { findings: [], probes: [] };
  const signal = AbortSignal.any([session.signal, AbortSignal.timeout(budgetMs)]);
  const limited = () => AbortSignal.any([signal, AbortSignal.timeout(eachMs)]);
  const { host, port, tlsMode } = session;
  const findings: Finding[] = [];
  const probes: ProbeReport[] = [];
  const run = async (
    id: string,
    target: string,
    look: () => Promise<readonly [Finding | undefined, string]>,
  ) => {
    const startedAt = performance.now();
    const [finding, result] = await look();
    if (finding) findings.push(finding);
    probes.push({ id, target, result, ms: Math.round(performance.now() - startedAt) });
  };

  const isCertificate = failure.code === "certificate-invalid";
  const isEarly = ["tcp", "greeting", "ehlo", "starttls", "tls"].includes(stage) && !isCertificate;
  const isPlace = isEarly || failure.code === "authentication-unsupported";
  const wanted: Promise<void>[] = [];
  if (isPlace && failure.reply?.code !== 421) {
    const others = otherSettings(port, tlsMode);
    wanted.push(
      run("settings", others.map((it) => `${it.port} ${it.tlsMode}`).join(", "), async () => {
        const answers = await Promise.all(
          others.map((it) => probeSettings({ ...session, signal: limited() }, address, it)),
        );
        const works = others.filter((_, index) => answers[index]);
        const words = works.map((it) => `${it.port} ${it.tlsMode}`).join(", ");
        return [
          { probe: "settings", works },
          words ? `answers as a relay: ${words}` : "none of them answers as a relay",
        ];
      }),
    );
  }
  if (["greeting", "ehlo", "tls"].includes(stage) && !isCertificate) {
    wanted.push(
      run("banner", `port ${port}`, async () => {
        const service = await probeBanner(address, port, limited());
        return [{ probe: "banner", service }, service];
      }),
    );
  }
  if (tlsMode !== "none" && (isCertificate || /^ERR_SSL/.test(systemCode))) {
    wanted.push(
      run("certificate", `port ${port}`, async () => {
        const { clientName, resolve } = session;
        const finding = await probeCertificate({
          host,
          address,
          port,
          tlsMode,
          clientName,
          resolve,
          signal: limited(),
        });
        return [finding, finding ? `for ${finding.names.slice(0, 5).join(", ")}` : "none was shown"];
      }),
    );
  }
  const { addresses = [] } = observation;
  const hasBoth = addresses.some((it) => it.includes(":")) && addresses.some((it) => !it.includes(":"));
  if (stage === "tcp" && hasBoth) {
    wanted.push(
      run("family", `port ${port}`, async () => {
        const finding = await probeFamilies(permittedAddresses(observation, session), port, limited());
        return [finding, `IPv4 ${toWord(finding.ipv4)}, IPv6 ${toWord(finding.ipv6)}`];
      }),
    );
  }
  await Promise.all(wanted);
  return { findings, probes };
}

const toWord = (reached: boolean | undefined) =>
  reached === undefined ? "is not there" : reached ? "answers" : "does not answer";

function permittedAddresses(
  { addresses = [] }: Observation,
  { host, port, policy, tlsMode }: SessionOptions,
) {
  try {
    return vetAddresses({ host, port, plaintext: tlsMode === "none" }, addresses, policy);
  } catch {
    return [];
  }
}

function permittedAddress(observation: Observation, session: SessionOptions): string | undefined {
  const permitted = permittedAddresses(observation, session);
  // An IPv4 address first: it is the one that more networks can reach.
  return permitted.find((it) => !it.includes(":")) ?? permitted[0];
}
