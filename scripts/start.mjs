// `npm start`: a sandbox relay and the host on the embedded database, with a project and a key, ready for the first curl.
// A demonstration for one machine: it listens on loopback only and lets relays live there.

import { startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createHostLog, openHost, readHostEnvironment, serveHost } from "@getfluxly/email-host";

const hostname = "127.0.0.1";
const loopback = ["127.0.0.0/8", "::1/128"];
/** Preferred, so that a provider stored by an earlier start still finds its relay. */
const relayPort = 2587;
const say = (text = "") => process.stdout.write(`${text}\n`);

const opened = [];
let stopping;
function stop() {
  stopping ??= Promise.all(opened.map(({ close }) => close()));
  return stopping;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    stop().then(
      () => process.exit(0),
      (error) => fail(error),
    );
  });
}

function fail(error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function startRelay() {
  try {
    return await startSandboxRelay({ port: relayPort });
  } catch (error) {
    if (error?.code !== "EADDRINUSE") throw error;
    return startSandboxRelay();
  }
}

/** The newest first. */
function listMessages(relay) {
  const data = [...relay.messages].reverse().map(({ id, envelope, parsed, receivedAt }) => ({
    id,
    received_at: receivedAt.toISOString(),
    from: parsed.from,
    to: parsed.to,
    subject: parsed.subject ?? null,
    text: parsed.text ?? null,
    html: parsed.html ?? null,
    headers: Object.fromEntries(parsed.headers),
    envelope: { from: envelope.from, to: envelope.to },
  }));
  return Response.json({ data }, { headers: { "cache-control": "no-store" } });
}

async function start() {
  const environment = readHostEnvironment(process.env);
  const relay = await startRelay();
  opened.push(relay);
  const host = await openHost(
    {
      ...environment,
      relayAllowNetworks: [...environment.relayAllowNetworks, ...loopback],
      certificateAuthorities: [...environment.certificateAuthorities, relay.certificateAuthority],
    },
    createHostLog(),
  );
  opened.push(host);
  if (host.createdMasterKeyFile) say(`made a master key for stored passwords: ${host.createdMasterKeyFile}`);

  const { administration } = host;
  await administration.ensureWorkspace({ id: "demo", name: "Demo" });
  await administration.ensureProject({ id: "demo", workspaceId: "demo", name: "Demo" });
  // Replaces the key of the previous start: only one key of `npm start` is ever live.
  const { key } = await administration.replaceApiKey({
    workspaceId: "demo",
    label: "npm start",
    key: environment.bootstrapApiKey,
  });

  const server = await serveHost(
    {
      fetch: (request) => {
        const isListing = request.method === "GET" && new URL(request.url).pathname === "/sandbox/messages";
        return isListing ? Promise.resolve(listMessages(relay)) : host.fetch(request);
      },
    },
    { port: environment.port, hostname },
  );
  opened.push(server);
  introduce({ server, relay, key, isNewKey: environment.bootstrapApiKey === undefined });
  say(`ready ${server.url}`);
}

function introduce({ server, relay, key, isNewKey }) {
  const [[username, password]] = Object.entries(relay.users);
  const body = JSON.stringify({
    provider: "smtp",
    display_name: "Sandbox",
    from_email: "news@example.com",
    from_name: "News",
    smtp_host: relay.host,
    smtp_port: relay.port,
    smtp_secure: "starttls",
    username,
    password,
  });
  const authorization = `-H 'Authorization: Bearer ${key}'`;
  const head = `${authorization} -H 'Content-Type: application/json'`;
  const providers = `${server.url}/v1/projects/demo/email-providers`;
  // Each command stands alone: the second one looks the id up.
  const newestId = `$(curl -sS '${providers}?limit=1' ${authorization} | sed -n 's/.*"id":"\\(epr_[0-9A-Z]*\\)".*/\\1/p')`;
  say();
  say(`REST API       ${server.url}   (project demo)`);
  say(
    `API key        ${key}   (${isNewKey ? "new at every start, shown only here" : "from BOOTSTRAP_API_KEY"})`,
  );
  say(`Sandbox relay  ${relay.host}:${relay.port}, STARTTLS, user ${username}, password ${password}`);
  say(`Relays on loopback (${loopback.join(", ")}) are allowed, because this is a demonstration.`);
  say();
  say("1. Connect the relay: it is logged in to before anything is stored.");
  say();
  say(`curl -sS ${providers} ${head} -d '${body}'; echo`);
  say();
  say("2. Send a real message through it, the relay that was connected last.");
  say();
  say(
    `curl -sS ${server.url}/v1/email-providers/${newestId}/test ${head} -d '{"to":"someone@example.com"}'; echo`,
  );
  say();
  say("3. Read what arrived (development only).");
  say();
  say(`curl -sS ${server.url}/sandbox/messages; echo`);
  say();
}

start().catch((error) =>
  stop().then(
    () => fail(error),
    () => fail(error),
  ),
);
