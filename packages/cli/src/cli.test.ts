import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  closedPort,
  type SandboxRelay,
  type SandboxRelayOptions,
  startSandboxRelay,
} from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "./__fixtures__/build-program.js";
import { type RunOptions, startProgram } from "./__fixtures__/run-program.js";
import { exitCodes } from "./index.js";

let program: Awaited<ReturnType<typeof buildProgram>>;
let folder: string;
const relays: SandboxRelay[] = [];
const secret = "s3cret-Passw0rd!";
const escapeCharacter = String.fromCharCode(27);

beforeAll(async () => {
  program = await buildProgram();
  folder = await mkdtemp(join(tmpdir(), "cli-test-"));
});
afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.close()));
  await program.remove();
  await rm(folder, { recursive: true });
});

const run = (args: readonly string[], options?: RunOptions) =>
  startProgram(program.path, args, options).finished;

async function file(name: string, content: string | object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** Options that lead to a relay of its own. */
async function relayWith(options: SandboxRelayOptions = {}) {
  const relay = await startSandboxRelay({ users: { me: secret }, ...options });
  relays.push(relay);
  const secure = { starttls: "starttls", implicit: "ssl", none: "none" }[relay.tls];
  const ca = await file(`ca-${relay.port}.pem`, relay.certificateAuthority);
  const args = [
    "--host",
    "127.0.0.1",
    "--port",
    String(relay.port),
    "--secure",
    secure,
    "--user",
    "me",
    "--from",
    "me@example.test",
    "--ca",
    ca,
  ];
  return { relay, args };
}
const withSecret = { env: { GETFLUXLY_EMAIL_PASSWORD: secret } };

async function doctor(options: SandboxRelayOptions, more: readonly string[] = []) {
  const { args } = await relayWith(options);
  const { stdout, stderr, code } = await run(["doctor", ...args, "--json", ...more], withSecret);
  expect(stdout + stderr).not.toContain(secret);
  return { code, report: JSON.parse(stdout), stderr };
}

describe("help and usage", () => {
  test("help names every command, and every command has its own", async () => {
    const { stdout, code } = await run([]);
    expect(code).toBe(0);
    for (const name of ["doctor", "dns", "send", "dev", "webhooks"]) {
      expect(stdout).toContain(`  ${name}`);
      const help = await run([name, "--help"]);
      expect(help).toMatchObject({ code: 0, stderr: "" });
      expect(help.stdout).toMatch(new RegExp(`^Usage: getfluxly-email ${name}`));
    }
  });
  test.each([
    [["docter"], /no command `docter`/],
    [["constructor"], /no command/],
    [["doctor", "--nonsense"], /--nonsense/],
    [["doctor", "--relay", "nobody"], /no relay `nobody`[\s\S]*postmark/],
    [["doctor", "--port", "70000"], /--port takes a whole number/],
    [["doctor", "--until", "lunch"], /no stage `lunch`/],
    [["doctor", "--send"], /--to/],
    [["doctor", "--config", "/nowhere.json"], /cannot be read \(ENOENT\)/],
    [["doctor", "--explain", "no.rule"], /no rule `no.rule`/],
    [["doctor", "--set", "colour=red", "--host", "h.example"], /no setting colour/],
    [["dns"], /one domain/],
    [["dns", "a@b.example"], /not a domain/],
    [["send"], /--to/],
    [["dev", "--fault", "rain"], /no fault `rain`[\s\S]*login-refused/],
    [["dev", "--fault", "ehlo=snow"], /`snow` is no action/],
    [["webhooks"], /one file/],
  ])("%j is a mistake of usage", async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: exitCodes.usage, stdout: "" });
    expect(stderr).toMatch(message);
  });
  test("with --json the mistake is a document", async () => {
    const { code, stdout, stderr } = await run(["doctor", "--json"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "error/1",
      error: { code: "usage", hint: expect.any(String) },
      exit_code: 2,
    });
  });
  test("one form of output at a time", async () => {
    const { code, stdout } = await run(["doctor", "--json", "--ndjson"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.message).toMatch(/exclude each other/);
  });
  test("all that is missing is named at once", async () => {
    const { stderr } = await run(["doctor"]);
    expect(stderr).toMatch(/Missing: --from, --host, --port, --secure/);
    expect((await run(["doctor", "--relay", "sendgrid"])).stderr).toMatch(
      /Missing: --from, .*--password-stdin/,
    );
  });
});

const readGuide = () =>
  readFile(new URL("../../../docs/guides/use-the-command-line.md", import.meta.url), "utf8");

test("the guide lists every exit code", async () => {
  const guide = await readGuide();
  const table = guide.slice(guide.indexOf("## Exit codes"));
  for (const code of Object.values(exitCodes)) {
    expect(table).toMatch(new RegExp(`^\\| [\\d, ]*\\b${code}\\b`, "m"));
  }
});

describe("secrets", () => {
  test.each([
    ["--password", secret],
    [`--password=${secret}`],
    ["-p", secret],
    [`--api-key=${secret}`],
    ["--token", secret],
    ["--server-token", secret],
    [`--smtp_password=${secret}`],
    ["--host", `smtps://me:${secret}@relay.example`],
    ["--set", `password=${secret}`, "--host", "relay.example", "--from", "a@b.example"],
  ])("%s on the command line is refused and not repeated", async (...args) => {
    for (const form of [[], ["--json"]]) {
      const { code, stdout, stderr } = await run(["doctor", ...args, ...form]);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(secret);
      expect(stdout + stderr).toMatch(/--password-stdin/);
    }
  });

  test("they come by stdin, file, environment and settings file", async () => {
    const { args, relay } = await relayWith();
    const path = await file("password", `${secret}\n`);
    const settings = await file("settings.json", {
      provider: "smtp",
      from_email: "me@example.test",
      smtp_host: "127.0.0.1",
      smtp_port: relay.port,
      smtp_secure: "starttls",
      username: "me",
      password: secret,
    });
    await chmod(settings, 0o600);
    const ways: [string[], RunOptions][] = [
      [[...args, "--password-stdin"], { input: `${secret}\n` }],
      [[...args, "--password-file", path], {}],
      [args, withSecret],
      [["--config", settings, "--ca", args.at(-1) ?? ""], {}],
    ];
    for (const [options, how] of ways) {
      const { code, stdout, stderr } = await run(["doctor", "--explain", ...options], how);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).not.toContain(secret);
      expect(stdout).not.toContain(Buffer.from(secret).toString("base64"));
    }
  });

  test("a settings file that others can read is warned of", async () => {
    const path = await file("open.json", {
      from_email: "me@example.test",
      smtp_host: "127.0.0.1",
      smtp_port: 2525,
      smtp_secure: "starttls",
      username: "me",
      password: secret,
    });
    await chmod(path, 0o644);
    const { stderr } = await run(["doctor", "--config", path, "--until", "config"]);
    expect(stderr).toMatch(/others can read it: chmod 600/);
    await chmod(path, 0o600);
    expect((await run(["doctor", "--config", path, "--until", "config"])).stderr).toBe("");
  });
});

describe("doctor", () => {
  test("passes, and sends nothing", async () => {
    const { args, relay } = await relayWith();
    const { code, stdout } = await run(["doctor", ...args], withSecret);
    expect(code).toBe(0);
    expect(stdout).toMatch(/pass +auth/);
    expect(stdout).toMatch(/pass +rcpt-to/);
    expect(stdout).toMatch(/PASS: nothing was sent/);
    expect(stdout).not.toContain(escapeCharacter);
    expect(relay.messages).toHaveLength(0);
  });

  test("--send sends one message to --to", async () => {
    const { args, relay } = await relayWith();
    const { code, stdout } = await run(
      ["doctor", ...args, "--send", "--to", "you@example.test", "--json"],
      withSecret,
    );
    expect(code).toBe(0);
    const [message] = await relay.waitForMessages(1);
    expect(message?.envelope.to).toEqual(["you@example.test"]);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "pass",
      mode: "send",
      testMessage: { messageId: message?.parsed.messageId },
    });
  });

  test("--until ends there", async () => {
    const { code, report } = await doctor({}, ["--until", "ehlo"]);
    expect(code).toBe(0);
    const reached = report.stages.filter(({ status }: { status: string }) => status !== "skipped");
    expect(reached.at(-1)?.stage).toBe("ehlo");
  });

  const failures: [string, SandboxRelayOptions, keyof typeof exitCodes][] = [
    [
      "421 at the greeting",
      { faults: [{ at: "greeting", do: { reply: "421 4.3.2 Busy" } }] },
      "inconclusive",
    ],
    ["554 at the greeting", { faults: [{ at: "greeting", do: { reply: "554 5.7.1 Go away" } }] }, "greeting"],
    [
      "EHLO refused",
      {
        faults: [
          { at: "ehlo", do: { reply: "550 5.7.1 Access denied" } },
          { at: "helo", do: { reply: "550 5.7.1 Access denied" } },
        ],
      },
      "ehlo",
    ],
    ["STARTTLS stripped", { starttls: "not_offered" }, "starttls"],
    ["an expired certificate", { certificate: "expired" }, "tls"],
    ["a certificate for another name", { certificate: "wrong_name" }, "tls"],
    ["a wrong password", { users: { me: "another" } }, "auth"],
    ["no AUTH", { authentication: "not_offered" }, "auth"],
    ["a sender refused", { rejectSenders: { "me@example.test": "550 5.7.1 Not yours" } }, "mail-from"],
  ];
  test.each(failures)("%s ends with a code of its own, a cause and steps", async (_name, options, code) => {
    const result = await doctor(options);
    expect(result.report.verdict).toBe(code === "inconclusive" ? "inconclusive" : "fail");
    expect(result.code).toBe(exitCodes[code]);
    expect(result.report.exit_code).toBe(result.code);
    expect(result.report.diagnosis).toMatchObject({ title: expect.any(String), cause: expect.any(String) });
    expect(result.report.diagnosis.steps.length).toBeGreaterThan(0);
    expect(result.report.equivalent.swaks).toMatch(/^swaks --server 127\.0\.0\.1 .*--auth-user me$/);
  });

  test("a recipient refused, a message refused", async () => {
    const refused = await doctor({ rejectRecipients: { "you@example.test": "550 5.7.1 Relaying denied" } }, [
      "--to",
      "you@example.test",
    ]);
    expect(refused.code).toBe(exitCodes["rcpt-to"]);
    const { args } = await relayWith({
      faults: [{ at: "end-of-data", do: { reply: "550 5.7.1 Send-as denied" } }],
    });
    const sent = await run(["doctor", ...args, "--send", "--to", "you@example.test", "--json"], withSecret);
    expect(sent.code).toBe(exitCodes.data);
  });

  test("nothing listens; an HTTP server; a name that does not exist; settings that contradict", async () => {
    const closed = await closedPort();
    const base = ["doctor", "--json", "--user", "me", "--from", "me@example.test"];
    expect((await run([...base, "--host", "127.0.0.1", "--port", String(closed)], withSecret)).code).toBe(
      exitCodes.tcp,
    );
    const http = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => http.once("listening", resolve));
    const { port } = http.address() as AddressInfo;
    const web = await run([...base, "--host", "127.0.0.1", "--port", String(port)], withSecret);
    http.close();
    http.closeAllConnections();
    expect(JSON.parse(web.stdout)).toMatchObject({ verdict: "fail", failedStage: "greeting" });
    expect(web.code).toBe(exitCodes.greeting);
    expect(
      (await run([...base, "--host", "relay.invalid", "--port", "587", "--timeout", "10"], withSecret)).code,
    ).toSatisfy(
      // Without any DNS the name is not known to be missing.
      (code: number) => code === exitCodes.dns || code === exitCodes.inconclusive,
    );
    expect(
      (await run([...base, "--host", "relay.example", "--port", "465", "--secure", "starttls"], withSecret))
        .code,
    ).toBe(exitCodes.config);
  });

  test("--public-only refuses what a hosted service refuses", async () => {
    const { code, report } = await doctor({}, ["--public-only"]);
    expect({ code, verdict: report.verdict }).toEqual({
      code: exitCodes.blocked,
      verdict: "blocked_by_policy",
    });
  });

  test("--ndjson tells each stage as it ends, then the report", async () => {
    const { args } = await relayWith();
    const { stdout, stderr } = await run(["doctor", ...args, "--ndjson"], withSecret);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.slice(0, -1).every(({ type }) => type === "stage")).toBe(true);
    expect(lines.at(-1)).toMatchObject({ schema: "doctor/1", type: "report", verdict: "pass" });
    expect(stderr).toBe("");
  });

  test("people get cause, steps, the relay's words and the same check by hand", async () => {
    const { args } = await relayWith({ users: { me: "another" } });
    const { stdout, code } = await run(["doctor", ...args], withSecret);
    expect(code).toBe(exitCodes.auth);
    expect(stdout).toMatch(/fail +auth/);
    expect(stdout).toMatch(/FAIL at auth/);
    expect(stdout).toMatch(/The relay said: 535/);
    expect(stdout).toMatch(/What to do:\n {2}1\. /);
    expect(stdout).toMatch(/openssl s_client -connect 127\.0\.0\.1:\d+ -starttls smtp .*-CAfile/);
    expect(stdout).not.toMatch(/The dialog/);
    const full = await run(["doctor", ...args, "--explain"], withSecret);
    expect(full.stdout).toMatch(/The dialog, without secrets:[\s\S]*<-~/);
    expect(full.stdout).not.toContain(secret);
  });

  test("--explain RULE says what a rule means", async () => {
    const { report } = await doctor({ certificate: "expired" });
    const { stdout, code } = await run(["doctor", "--explain", report.diagnosis.ruleId]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ {2}1\. /);
  });

  test("colour on request only, and words beside it", async () => {
    const { args } = await relayWith();
    const coloured = await run(["doctor", ...args], { env: { ...withSecret.env, FORCE_COLOR: "1" } });
    expect(coloured.stdout).toContain(`${escapeCharacter}[32m`);
    const plain = await run(["doctor", ...args], {
      env: { ...withSecret.env, FORCE_COLOR: "1", NO_COLOR: "1" },
    });
    expect(plain.stdout).not.toContain(escapeCharacter);
  });

  test("what a relay says cannot move the cursor", async () => {
    const { args } = await relayWith({
      faults: [{ at: "auth", do: { raw: `535 5.7.8 ${escapeCharacter}[2Jwiped\r\n` } }],
    });
    const { stdout } = await run(["doctor", ...args, "--explain"], withSecret);
    expect(stdout).toContain("wiped");
    expect(stdout).not.toContain(escapeCharacter);
  });

  test("Ctrl-C ends it with 130, in time, and the connection is gone", async () => {
    const { args, relay } = await relayWith({ faults: [{ at: "ehlo", do: { stall: true } }] });
    const running = startProgram(program.path, ["doctor", ...args], withSecret);
    await relay.waitForFault("ehlo");
    const start = performance.now();
    running.child.kill("SIGINT");
    expect((await running.finished).code).toBe(exitCodes.interrupted);
    expect(performance.now() - start).toBeLessThan(3000);
    await relay.waitForNoConnections();
  });

  test("a silent port ends within --timeout", async () => {
    const silent = createTcpServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as AddressInfo;
    const start = performance.now();
    const { code } = await run(
      [
        "doctor",
        "--host",
        "127.0.0.1",
        "--port",
        String(port),
        "--user",
        "me",
        "--from",
        "me@example.test",
        "--timeout",
        "2",
      ],
      withSecret,
    );
    silent.close();
    expect(code).toSatisfy((each: number) => each === exitCodes.greeting || each === exitCodes.inconclusive);
    expect(performance.now() - start).toBeLessThan(6000);
  });

  test("a connector of one's own", async () => {
    await file(
      "own.mjs",
      `
      const schema = { "~standard": { version: 1, vendor: "own", validate: (value) => value.api_key ? { value } : { issues: [{ message: "Is required.", path: ["api_key"] }] },
        jsonSchema: { input: () => ({ type: "object", properties: { api_key: { type: "string" } } }), output: () => ({ type: "object" }) } } };
      export default { specificationVersion: "v1", id: "own", displayName: "Own", configSchema: schema, secretFields: ["api_key"],
        capabilities: { batch: false, tags: false, metadata: false, attachments: {}, headers: {}, idempotencyKey: false },
        create: () => ({ verify: async () => ({ authenticated: true, warnings: [] }), send: async (message) => ({ accepted: message.envelope.to, rejected: [], response: "202 OK", warnings: [] }), close: async () => {} }) };`,
    );
    const args = ["--connector", "./own.mjs", "--from", "me@example.test"];
    const found = await run(["doctor", ...args], { cwd: folder, env: { GETFLUXLY_EMAIL_API_KEY: secret } });
    expect(found.stdout + found.stderr).toMatch(/The relay accepted the login/);
    expect(found.code).toBe(0);
    expect((await run(["doctor", ...args], { cwd: folder })).stderr).toMatch(/api_key/);
    expect(
      (await run(["doctor", "--connector", "./gone.mjs", "--from", "me@example.test"], { cwd: folder })).code,
    ).toBe(2);
  });
});

describe("send", () => {
  test("sends, and shows what the relay said", async () => {
    const { args, relay } = await relayWith();
    const { code, stdout } = await run(
      ["send", ...args, "--to", "you@example.test", "--subject", "Hello", "--text", "Hi."],
      withSecret,
    );
    expect(code).toBe(0);
    const [message] = await relay.waitForMessages(1);
    expect(message?.parsed).toMatchObject({ subject: "Hello", text: expect.stringContaining("Hi.") });
    expect(stdout).toContain(message?.parsed.messageId);
    expect(stdout).toMatch(/took the message for you@example.test/);
  });
  test("a refusal ends with the code of its stage, a lost line with that of the unknown", async () => {
    const refused = await relayWith({ rejectRecipients: { "you@example.test": "550 5.1.1 Unknown" } });
    expect((await run(["send", ...refused.args, "--to", "you@example.test"], withSecret)).code).toBe(
      exitCodes["rcpt-to"],
    );
    const lost = await relayWith({ faults: [{ at: "end-of-data", do: { drop: "after" } }] });
    const { code, stdout } = await run(
      ["send", ...lost.args, "--to", "you@example.test", "--json"],
      withSecret,
    );
    expect(code).toBe(exitCodes.inconclusive);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "error/1", error: { code: "outcome-unknown" } });
  });
  test("one recipient of two refused is told", async () => {
    const { args } = await relayWith({ rejectRecipients: { "no@example.test": "550 5.1.1 Unknown" } });
    const { code, stdout } = await run(
      ["send", ...args, "--to", "you@example.test", "--to", "no@example.test", "--json"],
      withSecret,
    );
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "send/1",
      accepted: ["you@example.test"],
      rejected: [{ address: "no@example.test" }],
    });
    expect(code).toBe(exitCodes["rcpt-to"]);
  });
});

describe("dns", () => {
  const zone = {
    "example.com": { TXT: ["v=spf1 include:_spf.example.net ~all"], MX: ["10 mx.example.com"] },
    "_spf.example.net": { TXT: ["v=spf1 ip4:192.0.2.0/24 -all"] },
    "spf.mtasv.net": { TXT: ["v=spf1 ip4:198.51.100.0/24 -all"] },
  };
  test("a table, and the merged record ready to copy", async () => {
    const path = await file("zone.json", zone);
    const { code, stdout } = await run(["dns", "example.com", "--relay", "postmark", "--zone", path]);
    expect(code).toBe(exitCodes.records);
    expect(stdout).toMatch(/^\S+ ok +spf +TXT +example\.com/m);
    expect(stdout).toContain("\n  v=spf1 include:_spf.example.net include:spf.mtasv.net ~all\n");
    expect(stdout).toContain("v=DMARC1; p=none; rua=mailto:dmarc@example.com; fo=1");
    expect(stdout).toMatch(/SPF needs 1 of 10 lookups/);
    expect(stdout).not.toContain(escapeCharacter);
  });
  test("is what the guide shows", async () => {
    const path = await file("zone.json", zone);
    const { stdout } = await run(["dns", "example.com", "--relay", "postmark", "--zone", path]);
    expect(await readGuide()).toContain(stdout);
  });
  test("one document with --json, a line for each record with --ndjson", async () => {
    const path = await file("zone.json", zone);
    const { stdout } = await run([
      "dns",
      "example.com",
      "--include",
      "spf.mtasv.net",
      "--zone",
      path,
      "--json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "dns/1",
      domain: "example.com",
      verdict: "action",
      spf: { state: "incomplete" },
      exit_code: exitCodes.records,
    });
    const lines = (await run(["dns", "example.com", "--zone", path, "--ndjson"])).stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ schema: "dns/1" });
    expect(lines.slice(0, -1).map(({ record }) => record.purpose)).toContain("dmarc");
  });
  test("a domain with everything ends with 0, one without DNS with its own code", async () => {
    const ready = await file("ready.json", {
      ...zone,
      "_dmarc.example.com": { TXT: ["v=DMARC1; p=none; rua=mailto:d@example.com"] },
    });
    expect((await run(["dns", "EXAMPLE.com.", "--include", "_spf.example.net", "--zone", ready])).code).toBe(
      0,
    );
    const down = await file("down.json", { "example.com": "temporary", "_dmarc.example.com": "temporary" });
    expect((await run(["dns", "example.com", "--zone", down])).code).toBe(exitCodes.inconclusive);
    expect((await run(["dns", "example.com", "--server", "nonsense"])).code).toBe(2);
    expect(
      (await run(["dns", "example.com", "--zone", await file("odd.json", { "example.com": { TXT: "x" } })]))
        .code,
    ).toBe(2);
  });
});

describe("dev", () => {
  test("a relay that `doctor` and `send` can use; faults as named", async () => {
    const ca = join(folder, "dev-ca.pem");
    const running = startProgram(
      program.path,
      ["dev", "--port", "0", "--ca-file", ca, "--messages", "1", "--ndjson"],
      withSecret,
    );
    const { port, user } = JSON.parse(await readReady(running));
    const args = [
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--user",
      user,
      "--from",
      "me@example.test",
      "--ca",
      ca,
    ];
    expect((await run(["doctor", ...args], withSecret)).code).toBe(0);
    expect(
      (await run(["send", ...args, "--to", "you@example.test", "--subject", "To dev"], withSecret)).code,
    ).toBe(0);
    const { code, stdout } = await running.finished;
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .at(-1),
    ).toMatchObject({
      schema: "dev/1",
      messages: [{ subject: "To dev", to: ["you@example.test"], tls: true }],
    });
  });

  test.each([
    ["login-refused", exitCodes.auth],
    ["starttls-missing", exitCodes.starttls],
    ["certificate-expired", exitCodes.tls],
    ["sender-refused", exitCodes["mail-from"]],
    ["mail-from=550 5.7.1 No", exitCodes["mail-from"]],
    ["busy", exitCodes.inconclusive],
  ])("--fault %s", async (fault, expected) => {
    const ca = join(folder, `${fault.slice(0, 9)}.pem`);
    const running = startProgram(
      program.path,
      ["dev", "--port", "0", "--ca-file", ca, "--fault", fault, "--ndjson"],
      withSecret,
    );
    const { port, user } = JSON.parse(await readReady(running));
    const { code } = await run(
      [
        "doctor",
        "--host",
        "127.0.0.1",
        "--port",
        String(port),
        "--user",
        user,
        "--from",
        "me@example.test",
        "--ca",
        ca,
      ],
      withSecret,
    );
    running.child.kill("SIGINT");
    expect(code).toBe(expected);
    // Ctrl-C is how it is meant to end.
    expect((await running.finished).code).toBe(0);
  });

  test("a port in use is said", async () => {
    const { relay } = await relayWith();
    expect((await run(["dev", "--port", String(relay.port)])).stderr).toMatch(/EADDRINUSE[\s\S]*--port 0/);
  });
});

async function readReady(running: ReturnType<typeof startProgram>): Promise<string> {
  await running.waitFor("\n");
  return running.read().split("\n")[0] ?? "";
}

describe("webhooks", () => {
  const bounce = {
    RecordType: "Bounce",
    ID: 42,
    Type: "HardBounce",
    TypeCode: 1,
    Email: "you@example.test",
    BouncedAt: "2026-11-26T10:00:00Z",
    MessageID: "m-1",
    Details: "smtp;550 5.1.1 no such user",
  };

  test("against an adapter: proof first, then events", async () => {
    const path = await file("bounce.json", bounce);
    const signed = await file("saved.json", {
      method: "POST",
      headers: { "X-Webhook-Secret": secret.repeat(3) },
      body: JSON.stringify(bounce),
    });
    const args = ["webhooks", "--relay", "postmark"];
    const how = { env: { GETFLUXLY_EMAIL_PASSWORD: secret.repeat(3) } };
    const good = await run([...args, signed], how);
    expect(good.stdout + good.stderr).toMatch(/Authentic, by shared secret/);
    expect(good.stdout).toMatch(/bounced {2}you@example.test/);
    expect(good.code).toBe(0);
    const forged = await run([...args, path, "--json"], how);
    expect(forged.code).toBe(exitCodes.webhook);
    expect(JSON.parse(forged.stdout)).toMatchObject({ outcome: "refused", status: expect.any(Number) });
    const unverified = await run([...args, path, "--unverified", "--json"]);
    expect(JSON.parse(unverified.stdout)).toMatchObject({
      proof: "none",
      events: [{ type: "bounced", recipient: "you@example.test" }],
    });
    const missing = await run([...args, path]);
    expect(missing).toMatchObject({ code: 2 });
    expect(good.stdout + forged.stdout + missing.stderr).not.toContain(secret);
  });

  test("against a URL: the same bytes and headers", async () => {
    const seen: { body: string; header: unknown }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        seen.push({ body, header: request.headers["x-webhook-secret"] });
        response.writeHead(request.url === "/no" ? 403 : 200).end("thanks");
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const path = await file("saved.json", {
      headers: { Host: "relay.example", "X-Webhook-Secret": "abc" },
      body: JSON.stringify(bounce),
    });
    const taken = await run(["webhooks", path, "--to", `http://127.0.0.1:${port}/yes`]);
    expect(taken).toMatchObject({ code: 0, stdout: expect.stringMatching(/^200 in \d+ ms\nthanks/) });
    expect(seen).toEqual([{ body: JSON.stringify(bounce), header: "abc" }]);
    expect((await run(["webhooks", path, "--to", `http://127.0.0.1:${port}/no`])).code).toBe(
      exitCodes.webhook,
    );
    server.close();
    expect((await run(["webhooks", path, "--to", `http://127.0.0.1:${port}/yes`])).code).toBe(
      exitCodes.webhook,
    );
  });
});
