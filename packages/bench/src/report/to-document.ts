import { floorShare } from "../gate/check-ratios.js";
import type { Recorded } from "../gate/recorded.js";
import type { MillionReport } from "../million/million-report.js";
import { toMemoryTable } from "../million/to-memory-table.js";
import type { ProfileReport } from "../profile/profile-report.js";
import { toProfileTable } from "../profile/to-profile-table.js";
import { toWebhookTable } from "../webhooks/to-webhook-table.js";
import type { WebhookReport } from "../webhooks/webhook-report.js";
import type { BenchReport } from "./bench-report.js";
import { toFigure } from "./format.js";
import { toMarkdown } from "./table.js";
import { toScenarioTable } from "./to-scenario-table.js";
import { toTargetTable } from "./to-target-table.js";

/** docs/reference/performance.md; a million messages and webhooks are measured by themselves. */
export function toDocument(
  report: BenchReport,
  { million, webhooks }: Pick<Recorded, "million" | "webhooks">,
  profiles: readonly ProfileReport[] = [],
): string {
  return [
    "# Performance",
    "<!-- Written by `npm run bench`. Changes belong in packages/bench/src/report/to-document.ts. -->",
    introduction(report),
    "## Targets",
    "They were set before there was anything to measure. Each ratio is the median of the rounds, with the lowest and the highest.",
    toMarkdown(toTargetTable(report.summaries)),
    "## Where the time goes",
    toProfiles(profiles, report),
    "## A million messages",
    toMillion(million),
    "## A batch of webhooks",
    toWebhooks(webhooks),
    "## All measurements",
    "`ours to it` says how many times as many messages a second we send as the client of that row (of smtp-source: what part). The other columns are medians of the rounds. Latency counts from taking a message out of the source to its outcome, so with ours it includes the time in the queue that its batch keeps; RSS is the highest of the whole process, Node.js included. The last column is the processor time that the server took for 1,000 messages, in all its processes.",
    ...report.summaries.flatMap((summary) => [
      `### ${summary.scenario.name}`,
      toMarkdown(toScenarioTable(summary)),
    ]),
    "## Did the messages arrive intact",
    toIntactness(report),
    method(report),
    caveats,
    "",
  ].join("\n\n");
}

function introduction({ startedAt, tookSeconds, machine }: BenchReport): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${startedAt.slice(0, 10)} with \`npm run bench\` (${Math.round(tookSeconds / 60)} minutes) and \`npm run bench -- --million\`:`,
    `${machine.processor}; ${machine.system}; ${versions.join(", ")}.`,
    "Client and server share the processor, over loopback. So look at the ratios: they were taken in the same run, and the figures themselves are those of this machine.",
  ].join("\n");
}

function toProfiles(profiles: readonly ProfileReport[], report: BenchReport): string {
  if (profiles.length === 0) return "Not measured in this run.";
  return [
    `V8 noted a thousand times a second what our client was doing. The first two rows say how much of the machine that client and the server took, without being watched. smtp-sink and our own sink with TLS are one process each, so ${shareOfOneCore(report)} is all that they can take: close to it the server goes hardly faster, whatever the client does. The same holds where both together take nearly the whole machine. What a hypervisor gives to other machines is in neither row. The other rows are shares of the client's time; at 2 KB, the first of them is the price of one system call a message, which is as few as SMTP allows.`,
    toMarkdown(toProfileTable(profiles, report)),
  ].join("\n\n");
}

/** What a server of one thread can take of the machine. */
function shareOfOneCore({ machine }: BenchReport): string {
  return `${Math.round(100 / machine.cores)} %`;
}

function toMillion(million: MillionReport | undefined): string {
  if (million === undefined) return "Not measured yet: `npm run bench -- --million`.";
  const count = million.messages.toLocaleString("en-US");
  const rate = toFigure(million.messages / million.elapsedSeconds);
  return [
    `${count} messages of 2 KB in one \`sendBatch\`, over 5 connections, on ${million.recordedAt.slice(0, 10)}: ${rate} a second. Memory is ${million.flat ? "flat" : "NOT flat"}.`,
    toMarkdown(toMemoryTable(million)),
  ].join("\n\n");
}

function toWebhooks(report: WebhookReport | undefined): string {
  if (report === undefined) return "Not measured yet: `npm run bench -- --webhooks`.";
  const { events, bytes, rounds, recordedAt } = report;
  return [
    `${events.toLocaleString("en-US")} events of SendGrid in one signed request of ${Math.round(bytes / 1000)} KB, on ${recordedAt.slice(0, 10)}: from octets to events, in one process. Each time is the median of ${rounds} rounds; each ratio is to \`JSON.parse\` of the same octets in the same round, with the lowest and the highest. The aim was to stay under 3x.`,
    toMarkdown(toWebhookTable(report)),
    "Ours is `receiveWebhook` with the SendGrid adapter: ECDSA, the check of the time, then every event with its severity, category, advice and id. On npm we found one library that makes events of its own out of SendGrid's, @novu/sendgrid: it knows five of the twelve kinds, looks at no bounce type, stamps each event with the time of the call, and verifies nothing, so that SendGrid's own @sendgrid/eventwebhook does that in its row.",
  ].join("\n\n");
}

function toIntactness({ intactness }: BenchReport): string {
  const count = intactness.reduce((sum, { messages }) => sum + messages, 0).toLocaleString("en-US");
  const damaged = intactness.filter(({ damage }) => damage.length > 0);
  const checked = `In each scenario each client also sent a sample (${count} messages in all) the same way to a sink that keeps them. postal-mime parsed them, and sender, recipient, subject, the SHA-256 of the text and that of the attachment were compared with what was sent. In the measurements themselves the sinks counted the messages, and a run with one too many or too few would have failed.`;
  if (damaged.length === 0) return `${checked}\n\nEvery message arrived once, and as it was sent.`;
  const lines = damaged.map(({ client, damage }) => `- ${client}: ${damage.slice(0, 3).join("; ")}`);
  return [checked, "Not all arrived as they were sent:", lines.join("\n")].join("\n\n");
}

function method({ pace }: BenchReport): string {
  return `## Method

- ${pace.rounds} rounds, and in each the clients one after the other: a client sends for ${pace.measuredMs} ms (twice as long where there is a delay), and waits for the last outcome. Ratios are taken within a round.
- In each scenario a library is one process, which waits while others are measured. Before its first round it warms up for ${pace.warmUpMs} ms (a third where there is a delay): it opens its connections, and its code is compiled, as it is in a server that runs for weeks.
- Every message is made anew: recipient, subject, text and attachment differ each time. Texts are ASCII in lines below 76 characters. \`attachment\` is a text of 512 bytes with 146 KB attached.
- ours: the built packages, \`createProviderRegistry\`, \`open\` and one \`sendBatch\` over everything, \`maxConnections\` as given, the rest by default.
- nodemailer pool, best: \`{ pool: true, maxConnections, maxMessages: Infinity }\`, as many \`sendMail\` at a time as connections; more did not make it faster. Defaults: without \`maxMessages\`, so a connection is replaced after 100 messages.
- @upyo/smtp pool: \`{ pool: true, poolSize }\`, as many \`send\` at a time as connections. sendMany: one \`sendMany\` for each connection, which saves it a RSET after each message.
- smtp-source: \`smtp-source -d -s CONNECTIONS -m COUNT -F MESSAGE 127.0.0.1:PORT\`. It is written in C, composes nothing and sends one message over and over, but has no pipelining. Its time includes opening the connections, its CPU time all of the process.
- Plain: \`smtp-sink -c -u postfix 127.0.0.1:PORT 1024\`. The counter \`-c\` costs it about 2 %, the same for all.
- TLS: a sink of our own on Node.js with TLS, STARTTLS and AUTH, in a process of its own, as smtp-sink has no TLS and does not answer AUTH with 235. It takes some 50,000 messages a second, so it does not slow down any client here. The certificate is verified by all.
- Postfix: an instance of its own with \`smtpd_client_restrictions = check_client_access static:discard\` and \`in_flow_delay = 0\`: smtpd and cleanup do all their work, and then the message is thrown away.
- Delay: a proxy in a process of its own passes every byte on after half of the round trip, each way.

To do it again, on Debian or Ubuntu as root:

\`\`\`sh
apt-get install --no-install-recommends postfix
npm run bench -- --million
npm run bench -- --webhooks
npm run bench
\`\`\`

\`npm run bench -- --short\` is the gate of CI: a minute, and it fails when a ratio is below ${Math.round(floorShare * 100)} % of the one in \`packages/bench/recorded.json\`.`;
}

const caveats = `## What this does not say

- Loopback has no loss, no bandwidth limit and no slow start, and the delay proxy adds none. Relays on the internet limit connections and rates; there the relay decides how fast mail leaves.
- nodemailer and @upyo/smtp encode texts as quoted-printable more readily than we do (nodemailer from 128 KB on, @upyo/smtp always), which is a good part of the difference at 200 KB. All of it is correct mail.
- The latencies of ours and of the others do not mean the same: the others have one message in flight for each connection, our batch keeps some more ready.
- Timers of Node.js have steps of a millisecond, so a round trip through the proxy takes up to 2 ms longer than it says.
- Only Postfix was measured as a real server.`;
