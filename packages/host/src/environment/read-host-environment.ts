import { resolve } from "node:path";
import { parseMasterKeys } from "@getfluxly/email-core/vault";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { parseApiKeyMode } from "../keys/parse-api-key-mode.js";
import { readCertificates } from "./read-certificates.js";

/** What the environment says, checked and with defaults. */
export interface HostSettings {
  /** 0: any free one. */
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  readonly bootstrapApiKey?: string | undefined;
  /** As `parseMasterKeys` reads it. Undefined: a key in a file of the data folder. */
  readonly masterKey?: string | undefined;
  /** CIDR blocks that relays may live in besides public ones. */
  readonly relayAllowNetworks: readonly string[];
  /** Ports on which public relays may be reached; undefined: any. */
  readonly relayAllowPorts?: readonly number[] | undefined;
  /** PEM. */
  readonly certificateAuthorities: readonly string[];
  readonly relayClientName?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads PORT, DATA_DIR, BOOTSTRAP_API_KEY, MASTER_KEY, RELAY_ALLOW_NETWORKS, RELAY_ALLOW_PORTS,
 * RELAY_EXTRA_CA_FILE and RELAY_CLIENT_NAME.
 * An empty variable counts as absent. Throws one error that names every variable that is wrong, never with its value
 * where that is a secret.
 */
export function readHostEnvironment(environment: Environment): HostSettings {
  const problems: string[] = [];

  /** The variable's value through `parse`, whose error becomes a problem; the default if it is absent or wrong. */
  function read<Value>(name: string, fallback: Value, parse: (text: string) => Value): Value {
    const text = environment[name]?.trim();
    if (!text) return fallback;
    try {
      return parse(text);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : "cannot be read"}`);
      return fallback;
    }
  }

  const settings: HostSettings = {
    port: read("PORT", 8787, parsePort),
    dataFolder: resolve(read("DATA_DIR", ".data", (text) => text)),
    bootstrapApiKey: read("BOOTSTRAP_API_KEY", undefined, parseBootstrapApiKey),
    masterKey: read("MASTER_KEY", undefined, parseMasterKey),
    relayAllowNetworks: read("RELAY_ALLOW_NETWORKS", [], parseNetworks),
    relayAllowPorts: read("RELAY_ALLOW_PORTS", undefined, parsePorts),
    certificateAuthorities: read("RELAY_EXTRA_CA_FILE", [], readCertificates),
    relayClientName: read("RELAY_CLIENT_NAME", undefined, parseClientName),
  };
  if (problems.length > 0) {
    throw new Error(`The environment is not valid:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
  return settings;
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) return port;
  throw new Error("must be a whole number from 0 (any free port) to 65535");
}

function parseBootstrapApiKey(text: string): string {
  if (parseApiKeyMode(text)) return text;
  throw new Error("must be gf_live_ or gf_test_ and 8 to 200 letters, digits, _ and -");
}

function parseMasterKey(text: string): string {
  parseMasterKeys(text);
  return text;
}

function parseNetworks(text: string): readonly string[] {
  const networks = text.split(",").map((network) => network.trim());
  const allowNetworks = networks.filter((network) => network !== "");
  createRelayNetworkPolicy({ allowNetworks });
  return allowNetworks;
}

function parsePorts(text: string): readonly number[] {
  const ports = text.split(",").map((port) => port.trim());
  const numbers = ports
    .filter((port) => port !== "")
    .map((port) => (/^\d{1,5}$/.test(port) ? Number(port) : 0));
  if (numbers.every((port) => port >= 1 && port <= 65535)) return numbers;
  throw new Error("must be ports from 1 to 65535 with commas between them, such as 587,465,2525");
}

/** A fully qualified name or an address literal (RFC 5321 section 4.1.1.1). */
function parseClientName(text: string): string {
  const name = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i;
  const literal = /^\[(?:IPv6:[\da-f:.]+|[\d.]+)\]$/i;
  if (name.test(text) || literal.test(text)) return text;
  throw new Error("must be the host name given in EHLO, such as mail.example.com");
}
