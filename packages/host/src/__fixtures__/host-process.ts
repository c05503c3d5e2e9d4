// A host as an operator runs one: settings from the environment, database in DATA_DIR. Prints `ready <url>`.
import { openHost, readHostEnvironment, serveHost } from "../index.js";

const settings = readHostEnvironment(process.env);
const host = await openHost(settings);
await host.administration.ensureWorkspace({ id: "alpha" });
await host.administration.ensureProject({ id: "demo", workspaceId: "alpha" });
await host.administration.replaceApiKey({
  workspaceId: "alpha",
  label: "start",
  key: settings.bootstrapApiKey,
});
const server = await serveHost(host, { port: settings.port, hostname: "127.0.0.1" });
process.stdout.write(`ready ${server.url}\n`);
