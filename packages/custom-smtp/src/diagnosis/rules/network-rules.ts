import { isIP } from "node:net";
import { findingOf } from "../finding-of.js";
import type { Finding } from "../observation.js";
import type { Rule } from "../rule.js";
import { workingSettings } from "../settings-patch.js";

const own = { actor: "network", place: "own_network" } as const;
const reached = (findings: readonly Finding[]) => {
  const finding = findingOf(findings, "settings");
  return finding && finding.works.length > 0;
};
const unreachable = ["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL"] as const;
const isLoopback = (address = "") => /^(?:127\.|::1$|localhost\.?$)/i.test(address);

/** From the name to an open connection. */
export const networkRules: readonly Rule[] = [
  {
    id: "dns.temporary",
    stage: "dns",
    ...own,
    retryable: true,
    title: "Names cannot be looked up at the moment",
    cause:
      "The DNS did not answer, or said that it cannot. That is no word about the settings: they were not tested.",
    steps: [
      "Try again in a minute.",
      "If it stays so, the machine or container that this service runs on reaches no DNS resolver: check its resolv.conf and whether port 53 is open outwards.",
    ],
    confidence: "likely",
    when: [
      {
        at: ["dns"],
        system: [
          "ESERVFAIL",
          "EAI_AGAIN",
          "ETIMEOUT",
          "ECONNREFUSED",
          "EREFUSED",
          "ETIMEDOUT",
          "ESERVERFAILURE",
        ],
      },
      { at: ["dns"], code: ["timed-out"] },
    ],
  },
  {
    id: "dns.not_found",
    stage: "dns",
    actor: "configuration",
    place: "form",
    title: "There is no host {host}",
    cause:
      "The name does not exist in the DNS, or has no address. It is misspelt, still has a placeholder such as REGION in it, or is known in another network only.",
    steps: [
      "Compare the host with the relay's page, letter by letter.",
      "In a container, use the name under which this network knows the relay.",
    ],
    confidence: "confirmed",
    when: [{ at: ["dns"], code: ["host-not-found"] }],
  },
  {
    id: "tcp.refused_loopback",
    stage: "tcp",
    actor: "configuration",
    place: "form",
    title: "Nothing listens on this machine itself",
    cause:
      "{host} is the machine or container that this service runs in, and no mail server listens there on port {port}.",
    steps: [
      "Enter the relay's name.",
      "If the mail server runs on the machine that hosts the container, use host.docker.internal or the name of its service.",
    ],
    confidence: "confirmed",
    when: [
      {
        at: ["tcp"],
        system: ["ECONNREFUSED"],
        that: ({ settings, addresses }) => isLoopback(settings?.host) || isLoopback(addresses?.[0]),
      },
    ],
  },
  {
    id: "tcp.refused",
    stage: "tcp",
    actor: "configuration",
    place: "form",
    title: "Nothing accepts connections on port {port}",
    cause: "{host} answered that nobody listens there, or a firewall in front of it does so in its name.",
    steps: ["Check the port: 587 with starttls is usual, 465 with ssl, 2525 where others are blocked."],
    when: [{ at: ["tcp"], system: ["ECONNREFUSED"] }],
    judge: (findings) => (reached(findings) ? true : undefined),
    patch: workingSettings,
  },
  {
    id: "tcp.unreachable_ipv6",
    stage: "tcp",
    ...own,
    title: "The relay was tried over IPv6, and this network has no IPv6",
    cause: "{host} has an IPv6 address, and no way leads there from here. Containers often have IPv4 only.",
    steps: [
      "Give the machine or container a way to IPv6, or turn IPv6 off in it.",
      "Or use a host name of the relay that has an IPv4 address.",
    ],
    when: [
      {
        at: ["tcp"],
        system: unreachable,
        that: ({ addresses }) =>
          addresses !== undefined && addresses.length > 0 && addresses.every((it) => isIP(it) === 6),
      },
    ],
    judge: (findings) => {
      const family = findingOf(findings, "family");
      return family && family.ipv6 === false ? (family.ipv4 === true ? true : undefined) : undefined;
    },
  },
  {
    id: "tcp.unreachable_ipv4",
    stage: "tcp",
    ...own,
    title: "No way leads to the relay",
    cause:
      "This network has no route to {host}: a VPN is down, the container is on an internal network, or only IPv6 leads out.",
    steps: [
      "Check the route from the machine that this service runs on.",
      "With IPv6 only, use a relay that has an IPv6 address.",
    ],
    when: [{ at: ["tcp"], system: unreachable }],
  },
  {
    id: "tcp.reset",
    stage: "tcp",
    actor: "network",
    place: "own_network",
    retryable: true,
    title: "The connection was cut",
    cause:
      "Something on the way, or the relay itself, cut the connection as soon as it was made: a list of refused addresses, a filter, a limit.",
    steps: [
      "Try again once.",
      "Try another port.",
      "Ask the relay whether it refuses the address of this server.",
    ],
    when: [{ at: ["tcp", "greeting"], system: ["ECONNRESET", "EPIPE"] }],
    patch: workingSettings,
  },
  {
    id: "tcp.timeout",
    stage: "tcp",
    ...own,
    title: "Port {port} of {host} does not answer",
    cause:
      "No answer at all: hosting providers and firewalls often drop connections to mail ports (25, 465, 587) without a word; or the host is down.",
    steps: [
      "Try port 2525, if the relay has it.",
      "Ask your hosting provider, or whoever runs the firewall, to open outgoing SMTP.",
    ],
    when: [
      { at: ["tcp"], code: ["timed-out"] },
      { at: ["tcp"], system: ["ETIMEDOUT", "ERR_SOCKET_CONNECTION_TIMEOUT"] },
      { at: ["tcp"], that: ({ failure }) => /TimeoutError|timed out|ETIMEDOUT/i.test(failure.message) },
    ],
    judge: (findings) => (reached(findings) ? true : undefined),
    patch: workingSettings,
  },
];
