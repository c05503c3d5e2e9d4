import { describe, expect, test } from "vitest";
import { isPublicAddress } from "./is-public-address.js";
import { createRelayNetworkPolicy } from "./relay-network-policy.js";
import { vetAddresses } from "./vet-addresses.js";

const notPublic = [
  "0.0.0.0",
  "0.255.255.255",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.100.100.200",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.0.192",
  "192.0.2.1",
  "192.168.0.1",
  "192.88.99.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "168.63.129.16",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:10.0.0.1",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::7f00:1",
  "2001::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "100::1",
  "127.1",
  "0x7f.1",
  "017700000001",
  "2130706433",
  "localhost",
  "",
  "1.2.3.4%1",
];
const isPublic = ["1.1.1.1", "8.8.8.8", "52.1.2.3", "185.70.42.1", "2606:4700::1111", "2a00:1450:4001::1"];

test.each(notPublic)("%s is not public", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
test.each(isPublic)("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

describe("the relay network policy", () => {
  test("permits public addresses and what the operator allowed, and trusts only the latter without TLS", () => {
    const policy = createRelayNetworkPolicy({ allowNetworks: ["10.1.0.0/16", "fd00::/8", "203.0.113.7"] });
    expect(policy.permitsAddress("1.1.1.1", 587)).toBe(true);
    expect(policy.permitsAddress("10.1.2.3", 25)).toBe(true);
    expect(policy.permitsAddress("::ffff:10.1.2.3", 25)).toBe(true);
    expect(policy.permitsAddress("10.2.0.1", 25)).toBe(false);
    expect(policy.permitsAddress("fd12::1", 25)).toBe(true);
    expect(policy.permitsAddress("203.0.113.7", 25)).toBe(true);
    expect(policy.permitsAddress("203.0.113.8", 25)).toBe(false);
    expect(policy.permitsPlaintext("10.1.2.3", 25)).toBe(true);
    expect(policy.permitsPlaintext("1.1.1.1", 25)).toBe(false);
  });

  test("a list of ports limits public relays only", () => {
    const policy = createRelayNetworkPolicy({ allowNetworks: ["10.0.0.0/8"], allowPorts: [587] });
    expect(policy.permitsAddress("1.1.1.1", 587)).toBe(true);
    expect(policy.permitsAddress("1.1.1.1", 6379)).toBe(false);
    expect(policy.permitsAddress("10.0.0.1", 6379)).toBe(true);
  });

  test.each(["10.0.0.0/33", "10.0.0/8", "0x0a.0.0.0/8", "lan", "", "::/129", "10.0.0.0/8 ", "127.1"])(
    "refuses %j as a network",
    (network) => {
      expect(() => createRelayNetworkPolicy({ allowNetworks: [network] })).toThrow(/CIDR/);
    },
  );
});

describe("vetting", () => {
  const target = { host: "mail.example.com", port: 587, plaintext: false };

  test("one refused address among public ones refuses them all, in one form for every reason", () => {
    const refusal = (addresses: string[]) => {
      try {
        vetAddresses(target, addresses, {});
      } catch (error) {
        return JSON.stringify(error);
      }
      throw new Error(`${addresses} passed`);
    };
    const answers = [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["1.1.1.1", "::1"], ["169.254.169.254"], []].map(
      refusal,
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain("relay-not-permitted");
    expect(answers[0]).not.toMatch(/\d+\.\d+\.\d+\.\d+|mail\.example/);
  });

  test("localhost is each of its addresses for itself", () => {
    const policy = createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8"] });
    const localhost = { host: "localhost", port: 25, plaintext: true };
    expect(vetAddresses(localhost, ["127.0.0.1", "::1"], policy)).toEqual(["127.0.0.1"]);
  });

  test("without TLS only towards allowed networks, even where the address is public", () => {
    const plain = { ...target, plaintext: true };
    expect(() => vetAddresses(plain, ["1.1.1.1"], {})).toThrow(
      expect.objectContaining({ code: "plaintext-not-permitted" }),
    );
    const open = { permitsAddress: () => true };
    expect(() => vetAddresses(plain, ["1.1.1.1"], open)).toThrow(
      expect.objectContaining({ code: "plaintext-not-permitted" }),
    );
    expect(vetAddresses(plain, ["10.0.0.1"], open)).toEqual(["10.0.0.1"]);
  });
});
