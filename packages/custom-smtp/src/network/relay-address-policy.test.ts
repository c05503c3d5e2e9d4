import diagnosticsChannel from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry, type EmailError, type ProviderContext } from "@getfluxly/email-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { diagnose } from "../diagnosis/diagnose.js";
import { customSmtpDefinition } from "../smtp-definition.js";
import { createSmtpProvider } from "../smtp-provider.js";
import { hostileHosts } from "./__fixtures__/hostile-hosts.js";
import { type DnsScript, startDnsServer } from "./__fixtures__/start-dns-server.js";
import { createRelayNetworkPolicy } from "./relay-network-policy.js";
import { createHostResolver } from "./resolve-host.js";

const context: ProviderContext = {
  ...{ sender: { from_email: "shop@example.org" }, now: () => new Date(), log: () => undefined, fetch },
  ...{ clientName: "client.example.org", certificateAuthorities: [], ...createRelayNetworkPolicy() },
};

/** What would hear of a connection: listeners on both loopback addresses, and Node's own word for each socket that it makes. */
let accepted = 0;
let sockets = 0;
const listeners: Server[] = [];
let port = 0;
const count = () => {
  sockets += 1;
};
beforeAll(async () => {
  diagnosticsChannel.subscribe("net.client.socket", count);
  for (const host of ["127.0.0.1", "::1"]) {
    const listener = createServer((socket) => {
      accepted += 1;
      socket.destroy();
    });
    listener.listen(port, host);
    await once(listener, "listening");
    port = (listener.address() as AddressInfo).port;
    listeners.push(listener);
  }
});
afterAll(() => {
  diagnosticsChannel.unsubscribe("net.client.socket", count);
  for (const listener of listeners) listener.close();
});
beforeEach(() => {
  accepted = 0;
  sockets = 0;
});

const settings = (smtp_host: string, smtp_port = port) => ({
  ...{ smtp_host, smtp_port, smtp_secure: "starttls" as const, username: "u", password: "secret-password" },
});
const rejection = async (promise: Promise<unknown>): Promise<EmailError> =>
  promise.then(
    () => {
      throw new Error("was let through");
    },
    (error: EmailError) => error,
  );

test("no spelling of an address that is not public is connected to", async () => {
  expect(hostileHosts.length).toBeGreaterThanOrEqual(1_500);
  // A DNS that knows none of them: what is no address must not become one on the way.
  const dns = await startDnsServer(() => 3);
  const resolve = createHostResolver({ servers: [dns.server] });
  const codes = new Map<string, number>();
  const registry = createProviderRegistry({ smtp: customSmtpDefinition });
  for (const host of hostileHosts) {
    const opened = registry.open("smtp", {
      config: settings(host),
      sender: { from_email: "shop@example.org" },
    });
    const refused = await opened.then(
      async () => {
        const provider = createSmtpProvider(settings(host), context, { resolve });
        return rejection(provider.verify({ timeoutMs: 5_000 })).finally(() => provider.close());
      },
      (error: EmailError) => error,
    );
    expect(["config-invalid", "relay-not-permitted", "host-not-found"], host).toContain(refused.code);
    codes.set(refused.code, (codes.get(refused.code) ?? 0) + 1);
  }
  await dns.close();
  expect(codes.get("relay-not-permitted")).toBeGreaterThan(400);
  expect({ accepted, sockets }).toEqual({ accepted: 0, sockets: 0 });
});

test("200 public addresses are not refused", async () => {
  const { permitsAddress } = createRelayNetworkPolicy();
  const addresses = Array.from({ length: 100 }, (_, index) => [
    `${[1, 5, 8, 13, 23, 34, 52, 77, 104, 142][index % 10]}.${(index * 37) % 256}.${(index * 91) % 256}.${1 + (index % 250)}`,
    `${["2600:1f18", "2a00:1450", "2606:4700", "2a01:4f8", "2400:cb00"][index % 5]}:${(index * 7919).toString(16).slice(-4)}::${index + 1}`,
  ]).flat();
  expect(addresses.filter((address) => !permitsAddress(address, 587))).toEqual([]);
});

describe("what the DNS says is judged, all of it, at every connection", () => {
  const a = (data: string, ttl = 60) => ({ type: "A", data, ttl }) as const;
  const aaaa = (data: string) => ({ type: "AAAA", data }) as const;
  const both =
    (v4: readonly string[], v6: readonly string[] = []): DnsScript =>
    (_name, type) =>
      type === "A" ? v4.map((it) => a(it)) : type === "AAAA" ? v6.map(aaaa) : [];
  const chain =
    (length: number, end: string): DnsScript =>
    (name, type) => {
      if (type !== "A") return [];
      const names = [name, ...Array.from({ length }, (_, index) => `hop${index}.example.com`)];
      return [
        ...names
          .slice(0, -1)
          .map((it, index) => ({ name: it, type: "CNAME", data: names[index + 1] ?? "" }) as const),
        { name: names.at(-1) ?? "", type: "A", data: end } as const,
      ];
    };
  const flip = (first: string, then: string): DnsScript => {
    let asked = 0;
    return (_name, type) => (type === "A" ? [a(asked++ === 0 ? first : then, 0)] : []);
  };
  const scenarios: readonly [string, DnsScript][] = [
    ["A loopback", both(["127.0.0.1"])],
    ["AAAA loopback", both([], ["::1"])],
    ["A private", both(["10.0.0.1"])],
    ["A link-local", both(["169.254.1.1"])],
    ["A metadata", both(["169.254.169.254"])],
    ["AAAA metadata", both([], ["fd00:ec2::254"])],
    ["A carrier-grade NAT", both(["100.64.0.1"])],
    ["A unspecified", both(["0.0.0.0"])],
    ["A multicast", both(["224.0.0.1"])],
    ["A broadcast", both(["255.255.255.255"])],
    ["A Azure's platform", both(["168.63.129.16"])],
    ["A public and A private", both(["1.1.1.1", "10.0.0.1"])],
    ["A private and A public", both(["192.168.0.1", "1.1.1.1"])],
    ["A public and AAAA loopback", both(["1.1.1.1"], ["::1"])],
    ["A public and AAAA link-local", both(["1.1.1.1"], ["fe80::1"])],
    ["A public and AAAA unique-local", both(["8.8.8.8"], ["fd12::1"])],
    ["AAAA mapped loopback", both([], ["::ffff:127.0.0.1"])],
    ["AAAA compatible loopback", both([], ["::127.0.0.1"])],
    ["AAAA NAT64 of loopback", both([], ["64:ff9b::127.0.0.1"])],
    ["AAAA local NAT64 of private", both([], ["64:ff9b:1::10.0.0.1"])],
    ["AAAA 6to4 of loopback", both([], ["2002:7f00:1::1"])],
    ["AAAA Teredo", both([], ["2001:0:7f00:1::1"])],
    ["AAAA site-local", both([], ["fec0::1"])],
    ["AAAA documentation", both([], ["2001:db8::1"])],
    ["TTL 0 private", (_name, type) => (type === "A" ? [a("127.0.0.1", 0)] : [])],
    [
      "20 answers, the last private",
      both([...Array.from({ length: 19 }, (_, index) => `1.1.1.${index + 1}`), "10.0.0.1"]),
    ],
    ...[1, 2, 3, 5, 8].map((length): [string, DnsScript] => [
      `${length} aliases to loopback`,
      chain(length, "127.0.0.1"),
    ]),
  ];
  test.each(scenarios)("%s", async (_what, script) => {
    const dns = await startDnsServer(script);
    const provider = createSmtpProvider(settings("mail.example.com"), context, {
      resolve: createHostResolver({ servers: [dns.server] }),
    });
    const error = await rejection(provider.verify({ timeoutMs: 5_000 }));
    expect(error.code).toBe("relay-not-permitted");
    expect(JSON.stringify(error)).not.toMatch(/\d+\.\d+\.\d+\.\d+|::|example\.com/);
    expect(dns.asked.length).toBeGreaterThan(0);
    await provider.close();
    await dns.close();
    expect({ accepted, sockets }).toEqual({ accepted: 0, sockets: 0 });
  });

  test.each([
    ["rebinding: public when it is checked, private when it is dialled", flip("127.0.0.2", "127.0.0.1")],
    [
      "gone after it was there",
      (() => {
        let asked = 0;
        return (_name, type) => (type === "A" ? (asked++ === 0 ? [a("127.0.0.1", 0)] : 3) : []);
      }) satisfies () => DnsScript,
    ],
  ] as readonly [string, DnsScript | (() => DnsScript)][])("%s", async (_what, given) => {
    const script = (given.length === 0 ? (given as () => DnsScript)() : given) as DnsScript;
    const dns = await startDnsServer(script);
    const resolve = createHostResolver({ servers: [dns.server] });
    // Nothing beyond loopback is dialled: an address where nobody listens plays the public one. What counts is the address dialled.
    const dialled: string[] = [];
    const permitsAddress = (address: string) => {
      dialled.push(address);
      return address === "127.0.0.2";
    };
    const provider = createSmtpProvider(
      settings("mail.example.com"),
      { ...context, permitsAddress },
      { resolve },
    );
    const first = await rejection(provider.verify({ timeoutMs: 300 }));
    const second = await rejection(provider.verify({ timeoutMs: 2_000 }));
    expect([first.code, second.code]).toContain("relay-not-permitted");
    expect(dialled).toContain("127.0.0.1");
    await provider.close();
    await dns.close();
    expect(accepted).toBe(0);
  });

  test.each([
    ["a name of the own network that does not exist", "db.internal"],
    ["a single label that does not exist", "intranet"],
    ["a name below .local that does not exist", "printer.local"],
  ])("%s answers like one that does", async (_what, host) => {
    const [absent, present] = [await startDnsServer(() => 3), await startDnsServer(both(["10.0.0.1"]))];
    const answers = await Promise.all(
      [absent, present].map(async ({ server }) => {
        const provider = createSmtpProvider(settings(host), context, {
          resolve: createHostResolver({ servers: [server] }),
        });
        const error = await rejection(provider.verify({ timeoutMs: 5_000 }));
        await provider.close();
        return JSON.stringify(error);
      }),
    );
    expect(new Set(answers).size).toBe(1);
    await Promise.all([absent.close(), present.close()]);
  });

  test("where the operator allowed the own network, a name that does not exist is told as such", async () => {
    const dns = await startDnsServer(() => 3);
    const provider = createSmtpProvider(
      settings("db.internal"),
      { ...context, ...createRelayNetworkPolicy({ allowNetworks: ["10.0.0.0/8"] }) },
      { resolve: createHostResolver({ servers: [dns.server] }) },
    );
    expect((await rejection(provider.verify({ timeoutMs: 5_000 }))).code).toBe("host-not-found");
    await provider.close();
    await dns.close();
  });
});

describe("behind a refused network everything looks the same", () => {
  const closers: (() => unknown)[] = [];
  afterAll(() => Promise.all(closers.map((close) => close())));
  const listen = async (onConnection: (socket: Socket) => void) => {
    const server = createServer(onConnection);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closers.push(() => server.close());
    return (server.address() as AddressInfo).port;
  };

  test("closed, SSH, HTTP, silent, TLS-only, a real relay: one answer, and times that tell nothing", async () => {
    const web = createHttpServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
    await once(web, "listening");
    closers.push(() => web.close());
    const [starttls, implicit] = [await startSandboxRelay(), await startSandboxRelay({ tls: "implicit" })];
    closers.push(
      () => starttls.close(),
      () => implicit.close(),
    );
    const ports = {
      closed: 9,
      ssh: await listen((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")),
      http: (web.address() as AddressInfo).port,
      silent: await listen(() => undefined),
      tls: implicit.port,
      relay: starttls.port,
    };
    const answers = new Set<string>();
    const times = new Map<string, number[]>();
    for (let round = 0; round < 60; round++) {
      for (const [name, at] of Object.entries(ports)) {
        const provider = createSmtpProvider(settings("127.0.0.1", at), context, {});
        const before = performance.now();
        const error = await rejection(provider.verify({ timeoutMs: 5_000 }));
        // The first rounds compile what they run.
        if (round >= 10) times.set(name, [...(times.get(name) ?? []), performance.now() - before]);
        answers.add(JSON.stringify(error));
        await provider.close();
      }
    }
    expect(answers.size).toBe(1);
    for (const at of [ports.closed, ports.relay]) {
      const texts: string[] = [];
      for await (const event of diagnose(settings("127.0.0.1", at), context))
        texts.push(JSON.stringify({ ...event, startedAt: "" }));
      answers.add(texts.join());
    }
    expect(answers.size).toBe(2);
    const ranks = rankShares(times);
    // By chance a share strays by a few hundredths from a half; a connection that was made would push it to 0 or 1.
    for (const [pair, share] of ranks) expect(Math.abs(share - 0.5), pair).toBeLessThan(0.25);
    expect({ accepted, sockets }).toEqual({ accepted: 0, sockets: 0 });
  });
});

/** For each pair, how often one took longer than the other (Mann-Whitney): a half where nothing tells them apart. */
function rankShares(times: ReadonlyMap<string, readonly number[]>): [string, number][] {
  const names = [...times.keys()];
  return names.flatMap((one, index) =>
    names.slice(index + 1).map((other): [string, number] => {
      const [first, second] = [times.get(one) ?? [], times.get(other) ?? []];
      const longer = first.flatMap((x) => second.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
      return [`${one} and ${other}`, longer.reduce<number>((sum, it) => sum + it, 0) / longer.length];
    }),
  );
}
