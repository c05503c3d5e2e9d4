import { X509Certificate } from "node:crypto";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { describe, expect, test } from "vitest";
import { sendMessage } from "./__fixtures__/raw-client.js";
import { connect, login, start } from "./__fixtures__/relays.js";
import { type CertificateRequest, createTestCertificateAuthority, type SandboxRelay } from "./index.js";

/** The error code with which Node's own TLS client ends, or `ok`. */
function handshake(relay: SandboxRelay, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ host: relay.host, port: relay.port, ...options });
    socket.once("secureConnect", () => {
      // With TLS 1.3, the client is through before the server: a greeting proves both.
      socket.once("data", () => {
        resolve("ok");
        socket.destroy();
      });
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

describe("the relay's certificate, as Node's TLS client judges it", () => {
  test.each([
    ["valid", "ok"],
    ["self_signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["expired", "CERT_HAS_EXPIRED"],
    ["not_yet_valid", "CERT_NOT_YET_VALID"],
    ["wrong_name", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["untrusted_issuer", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ] as const)("%s: %s", async (certificate, outcome) => {
    const relay = await start({ tls: "implicit", certificate });
    expect(await handshake(relay, { ca: relay.certificateAuthority, servername: "localhost" })).toBe(outcome);
    await relay.waitForNoConnections();
    expect(relay.connections[0]?.commands).toEqual([]);
  });

  test("the same over STARTTLS", async () => {
    const relay = await start({ certificate: "expired" });
    const client = await connect(relay);
    await client.reply();
    expect(await client.command("STARTTLS")).toMatch(/^220 /);
    await expect(client.startTls()).rejects.toThrow("CERT_HAS_EXPIRED");
    await relay.waitForNoConnections();
  });

  test("is for the loopback addresses, and for more names on request", async () => {
    const relay = await start({
      tls: "implicit",
      certificateNames: ["smtp.example.test", "*.wild.example.test"],
    });
    const ca = relay.certificateAuthority;
    expect(await handshake(relay, { ca })).toBe("ok");
    for (const [servername, outcome] of [
      ["smtp.example.test", "ok"],
      ["a.wild.example.test", "ok"],
      ["a.b.wild.example.test", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ] as const) {
      expect(await handshake(relay, { ca, servername })).toBe(outcome);
    }
    expect(relay.connections.map(({ tls }) => tls?.serverName)).toEqual([
      undefined,
      "smtp.example.test",
      "a.wild.example.test",
      // The client gave up during the handshake.
      undefined,
    ]);
  });

  test("can be one's own", async () => {
    const authority = createTestCertificateAuthority();
    const relay = await start({ tls: "implicit", certificate: authority.issue({ names: ["localhost"] }) });
    expect(await handshake(relay, { ca: authority.certificate, servername: "localhost" })).toBe("ok");
  });
});

describe("TLS versions", () => {
  test.each([
    ["TLSv1.1", "TLSv1.1"],
    ["TLSv1", "TLSv1"],
  ] as const)("a relay of the age of %s", async (maximumTlsVersion, protocol) => {
    const relay = await start({ tls: "implicit", maximumTlsVersion });
    const trusting = { ca: relay.certificateAuthority, servername: "localhost" };
    expect(await handshake(relay, { ...trusting, minVersion: "TLSv1.2" })).not.toBe("ok");
    const old = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    expect(await handshake(relay, { ...trusting, ...old })).toBe("ok");
    expect(relay.connections[1]?.tls?.protocol).toBe(protocol);
  });

  test("a relay that insists on TLS 1.3", async () => {
    const relay = await start({ tls: "implicit", minimumTlsVersion: "TLSv1.3" });
    const trusting = { ca: relay.certificateAuthority, servername: "localhost" };
    expect(await handshake(relay, { ...trusting, maxVersion: "TLSv1.2" })).not.toBe("ok");
    expect(await handshake(relay, trusting)).toBe("ok");
  });

  test("TLS 1.2 carries mail", async () => {
    const relay = await start({ maximumTlsVersion: "TLSv1.2" });
    await sendMessage(await login(relay));
    expect(relay.connections[0]?.tls?.protocol).toBe("TLSv1.2");
  });
});

describe("STARTTLS", () => {
  const answer = async (starttls: "not_offered" | "refused") => {
    const client = await connect(await start({ starttls }));
    await client.reply();
    return {
      ehlo: await client.command("EHLO client.test"),
      starttls: await client.command("STARTTLS"),
      client,
    };
  };

  test("not_offered: neither announced nor understood", async () => {
    const { ehlo, starttls } = await answer("not_offered");
    expect(ehlo).not.toContain("STARTTLS");
    expect(starttls).toMatch(/^500 /);
  });

  test("refused: announced, 454, and the session goes on in clear", async () => {
    const { ehlo, starttls, client } = await answer("refused");
    expect(ehlo).toContain("STARTTLS");
    expect(starttls).toBe("454 4.7.0 TLS not available due to temporary reason");
    expect(await client.command("NOOP")).toMatch(/^250 /);
    expect(await client.command("MAIL FROM:<from@example.test>")).toMatch(/^530 /);
  });

  test("injected: replies in the packet of the 220; setFaults does not take them away", async () => {
    const relay = await start({ starttls: "injected" });
    relay.setFaults([]);
    const client = await connect(relay);
    await client.reply();
    await client.command("EHLO client.test");
    const packet = new Promise<string>((resolve) => {
      client.socket.once("data", (chunk) => resolve(chunk.toString()));
    });
    client.send("STARTTLS\r\n");
    expect(await packet).toBe(
      "220 2.0.0 Ready to start TLS\r\n250-sandbox-relay.test\r\n250 AUTH PLAIN LOGIN\r\n",
    );
    // A careless client that drops them can go on: the handshake itself is in order.
    await client.reply();
    await client.reply();
    await client.startTls();
    expect(await client.command("EHLO client.test")).toContain("AUTH");
  });

  test("commands sent in clear behind STARTTLS are not carried out", async () => {
    const relay = await start();
    const client = await connect(relay);
    await client.reply();
    await client.command("EHLO client.test");
    client.send("STARTTLS\r\nNOOP\r\n");
    await client.reply();
    await client.startTls().catch(() => undefined);
    expect(client.received()).not.toContain("250 2.0.0 OK");
  });
});

describe("createTestCertificateAuthority", () => {
  const parse = (request: CertificateRequest) =>
    new X509Certificate(createTestCertificateAuthority().issue(request).certificate);

  test("issues what was asked for", () => {
    const notBefore = new Date("2020-01-02T03:04:05Z");
    const notAfter = new Date("2051-06-07T08:09:10Z");
    const names = ["smtp.example.test", "*.example.test", "192.0.2.1", "2001:db8::ff00:42", "::"];
    const certificate = parse({ names, notBefore, notAfter });
    expect(certificate.subject).toBe("CN=smtp.example.test");
    expect(certificate.subjectAltName).toBe(
      "DNS:smtp.example.test, DNS:*.example.test, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:FF00:42, IP Address:0:0:0:0:0:0:0:0",
    );
    expect(new Date(certificate.validFrom)).toEqual(notBefore);
    expect(new Date(certificate.validTo)).toEqual(notAfter);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(certificate.ca).toBe(false);
  });

  test("without names there is no subjectAltName", () => {
    const certificate = parse({ names: [], commonName: "localhost", purpose: "client" });
    expect(certificate.subjectAltName).toBeUndefined();
    expect(certificate.subject).toBe("CN=localhost");
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  });

  test("its certificates verify with it, and only with it", () => {
    const authority = createTestCertificateAuthority();
    const root = new X509Certificate(authority.certificate);
    const leaf = new X509Certificate(authority.issue({ names: ["localhost"] }).certificate);
    const selfSigned = new X509Certificate(authority.issueSelfSigned({ names: ["localhost"] }).certificate);
    expect(root.ca).toBe(true);
    expect(leaf.checkIssued(root)).toBe(true);
    expect(leaf.verify(root.publicKey)).toBe(true);
    expect(leaf.verify(new X509Certificate(createTestCertificateAuthority().certificate).publicKey)).toBe(
      false,
    );
    expect(selfSigned.verify(selfSigned.publicKey)).toBe(true);
    expect(selfSigned.checkIssued(root)).toBe(false);
  });

  test.each([
    ["included", "ok"],
    ["omitted", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ] as const)("an intermediate, %s in the chain: %s", async (chain, outcome) => {
    const root = createTestCertificateAuthority();
    const certificate = root.issueAuthority({ chain }).issue({ names: ["localhost"] });
    const relay = await start({ tls: "implicit", certificate });
    expect(await handshake(relay, { ca: root.certificate, servername: "localhost" })).toBe(outcome);
  });

  test("a client's certificate does not pass for a server's", async () => {
    const authority = createTestCertificateAuthority();
    const certificate = authority.issue({ names: ["localhost"], purpose: "client" });
    const relay = await start({ tls: "implicit", certificate });
    expect(await handshake(relay, { ca: authority.certificate, servername: "localhost" })).toBe(
      "INVALID_PURPOSE",
    );
  });
});
