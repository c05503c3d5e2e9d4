import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createTestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, expect, test } from "vitest";
import { testMasterKey } from "../__fixtures__/open-test-host.js";
import { readHostEnvironment } from "./read-host-environment.js";

const folder = mkdtempSync(join(tmpdir(), "environment-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test("an empty environment means the defaults, and so do empty variables", async () => {
  const defaults = {
    port: 8787,
    dataFolder: resolve(".data"),
    bootstrapApiKey: undefined,
    masterKey: undefined,
    relayAllowNetworks: [],
    certificateAuthorities: [],
    relayClientName: undefined,
  };
  expect(readHostEnvironment({})).toEqual(defaults);
  expect(readHostEnvironment({ PORT: "", RELAY_ALLOW_NETWORKS: " ", RELAY_EXTRA_CA_FILE: "" })).toEqual(
    defaults,
  );
});

test("every variable is read", async () => {
  const { certificate } = await createTestCertificateAuthority();
  const settings = readHostEnvironment({
    PORT: "0",
    DATA_DIR: "/srv/data",
    BOOTSTRAP_API_KEY: "gf_live_from-the-environment",
    MASTER_KEY: testMasterKey,
    RELAY_ALLOW_NETWORKS: "10.1.0.0/16, fd00::/8,,192.0.2.7",
    RELAY_EXTRA_CA_FILE: write("two.pem", `# ours\n${certificate}\n${certificate}`),
    RELAY_CLIENT_NAME: "mail.example.com",
  });
  expect(settings).toEqual({
    port: 0,
    dataFolder: "/srv/data",
    bootstrapApiKey: "gf_live_from-the-environment",
    masterKey: testMasterKey,
    relayAllowNetworks: ["10.1.0.0/16", "fd00::/8", "192.0.2.7"],
    certificateAuthorities: [certificate.trim(), certificate.trim()],
    relayClientName: "mail.example.com",
  });
});

test("all that is wrong is said at once, each under its name, without repeating a secret", () => {
  const environment = {
    PORT: "70000",
    BOOTSTRAP_API_KEY: "my-secret-key",
    MASTER_KEY: "my-secret-master",
    RELAY_ALLOW_NETWORKS: "10.0.0.0/8,everything",
    RELAY_EXTRA_CA_FILE: join(folder, "missing.pem"),
    RELAY_CLIENT_NAME: "mail.example.com\r\nRSET",
  };
  const read = () => readHostEnvironment(environment);
  for (const name of Object.keys(environment)) expect(read).toThrow(new RegExp(`^  ${name}: `, "m"));
  expect(read).not.toThrow(/my-secret/);
  expect(read).toThrow(/"everything" is not a network/);
});

test.each(
  ["-1", "65536", "80.5", "0x50", "8787 ", "http", "99999999"].filter((port) => port.trim() === port),
)("the port %j is refused", (PORT) =>
  expect(() => readHostEnvironment({ PORT })).toThrow(/PORT: must be a whole number from 0/),
);

test.each([
  [
    "no certificate in it",
    () => write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"),
    /no certificate/,
  ],
  [
    "a damaged one",
    () => write("bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
    /certificate 1 in the file/,
  ],
  ["a folder", () => folder, /cannot be read/],
])("a CA file with %s is refused by name", (_, file, message) => {
  const path = file();
  expect(() => readHostEnvironment({ RELAY_EXTRA_CA_FILE: path })).toThrow(message);
  expect(() => readHostEnvironment({ RELAY_EXTRA_CA_FILE: path })).toThrow(path);
});

test("ports that public relays may be reached on", () => {
  expect(readHostEnvironment({ RELAY_ALLOW_PORTS: "587, 465,,2525" }).relayAllowPorts).toEqual([
    587, 465, 2525,
  ]);
  expect(readHostEnvironment({}).relayAllowPorts).toBeUndefined();
  for (const text of ["0", "65536", "smtp", "587;465", "-1"]) {
    expect(() => readHostEnvironment({ RELAY_ALLOW_PORTS: text }), text).toThrow(
      /RELAY_ALLOW_PORTS: must be ports/,
    );
  }
});
