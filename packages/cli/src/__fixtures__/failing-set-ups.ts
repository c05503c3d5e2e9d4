import {
  createTestCertificateAuthority,
  type SandboxRelayOptions,
  startSandboxRelay,
} from "@getfluxly/email-conformance/sandbox-relay";
import { exitCodes } from "../index.js";
import { startDroppingPort } from "./start-dropping-port.js";
import { startWebServer } from "./start-web-server.js";
import type { StartedServer } from "./started-server.js";

export interface FailingSetUp {
  readonly title: string;
  /** What was wrong, in a sentence or two. */
  readonly about: string;
  start(): Promise<StartedServer>;
  readonly secure?: "ssl" | undefined;
  readonly password?: string | undefined;
  readonly exitCode: number;
  /** Shows all of the output. */
  readonly isWhole?: boolean | undefined;
}

export const host = "smtp.example.localhost";
export const login = { username: "shop@example.com", password: "sandbox-password" };

const authority = createTestCertificateAuthority("Example CA");
const until2049 = new Date("2049-12-31T00:00:00Z");
const issue = (names: readonly string[], notAfter = until2049) =>
  authority.issue({ names, notBefore: new Date("2026-01-01T00:00:00Z"), notAfter });

/** A relay that works, but for `options`. */
const relay =
  (options: SandboxRelayOptions = {}) =>
  async (): Promise<StartedServer> => {
    const started = await startSandboxRelay({
      name: host,
      users: { [login.username]: login.password },
      certificate: issue([host]),
      ...options,
    });
    const { port } = started;
    return { port, certificateAuthority: authority.certificate, close: () => started.close() };
  };

/** The mistakes that people make most, each with a real server that behaves that way. */
export const failingSetUps: readonly FailingSetUp[] = [
  {
    title: "A wrong password",
    about: "The relay works; the password is not the one it knows.",
    start: relay(),
    password: "wrong-password",
    exitCode: exitCodes.auth,
    isWhole: true,
  },
  {
    title: "A port that drops packets",
    about:
      "What most hosting providers do with outgoing mail ports: no refusal, just no answer. `doctor` waits five seconds for it.",
    start: startDroppingPort,
    exitCode: exitCodes.tcp,
  },
  {
    title: "A web server",
    about: "The port belongs to a program that speaks HTTP, so it waits for a request and never greets.",
    start: startWebServer,
    exitCode: exitCodes.greeting,
  },
  {
    title: "A port for `ssl`, entered with `starttls`",
    about:
      "Both sides wait for each other, which looks like silence. A second look finds TLS behind the port.",
    start: relay({ tls: "implicit" }),
    exitCode: exitCodes.greeting,
  },
  {
    title: "A port for `starttls`, entered with `ssl`",
    about: "Other programs say `wrong version number` here.",
    start: relay(),
    secure: "ssl",
    exitCode: exitCodes.tls,
  },
  {
    title: "STARTTLS not offered",
    about:
      "The relay does not announce it, or somebody on the way took it out. Either way the password stays here.",
    start: relay({ starttls: "not_offered" }),
    exitCode: exitCodes.starttls,
  },
  {
    title: "STARTTLS stripped by a firewall",
    about: "Some firewalls overwrite what they do not know with rows of X. That leaves a trace.",
    start: relay({
      faults: [{ at: "ehlo", do: { raw: `250-${host}\r\n250-XXXXXXXA\r\n250 PIPELINING\r\n` } }],
    }),
    exitCode: exitCodes.starttls,
  },
  {
    title: "An expired certificate",
    about: "The relay's certificate was valid until 1 March 2026.",
    start: relay({ certificate: issue([host], new Date("2026-03-01T00:00:00Z")) }),
    exitCode: exitCodes.tls,
  },
  {
    title: "A certificate for another name",
    about:
      "The host is the customer's own name for a server of a provider. The certificate has the provider's name, and that name leads to the same address.",
    start: relay({ certificate: issue(["mail7.provider.localhost"]) }),
    exitCode: exitCodes.tls,
  },
  {
    title: "No login offered",
    about: "A port between mail servers: encrypted, but it announces no AUTH.",
    start: relay({ authentication: "not_offered" }),
    exitCode: exitCodes.auth,
  },
  {
    title: "A sender that is refused",
    about: "The login is right, and belongs to another mailbox.",
    start: relay({
      rejectSenders: {
        "news@example.com": "553 5.7.1 <news@example.com>: Sender address rejected: not owned by user",
      },
    }),
    exitCode: exitCodes["mail-from"],
  },
  {
    title: "A recipient that is refused",
    about: "The relay passes nothing on to other domains, as a server does that only receives mail.",
    start: relay({
      rejectRecipients: { "anna@example.net": "554 5.7.1 <anna@example.net>: Relay access denied" },
    }),
    exitCode: exitCodes["rcpt-to"],
  },
  {
    title: "A test recipient that does not exist",
    about: "No fault of the settings: the check passes, and says what it saw.",
    start: relay({ rejectRecipients: { "anna@example.net": "550 5.1.1 No such user here" } }),
    exitCode: exitCodes.ok,
  },
  {
    title: "421 at the greeting",
    about: "The relay is busy. That says nothing about the settings, so the verdict is no failure.",
    start: relay({
      faults: [{ at: "greeting", do: { reply: "421 4.3.2 Too busy, try again later\r\n" } }],
    }),
    exitCode: exitCodes.inconclusive,
  },
];
