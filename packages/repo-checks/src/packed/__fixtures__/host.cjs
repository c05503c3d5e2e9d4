const assert = require("node:assert/strict");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { openHost, readHostEnvironment } = require("@getfluxly/email-host");

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "packed-host-"));
  const host = await openHost(readHostEnvironment({ DATA_DIR: folder }));
  await host.administration.ensureWorkspace({ id: "w" });
  await host.administration.ensureProject({ id: "p", workspaceId: "w" });
  const { key } = await host.administration.createApiKey({ workspaceId: "w", label: "test" });
  const ask = (path, headers) => host.fetch(new Request(`http://localhost${path}`, { headers }));
  assert.equal((await ask("/v1/connectors", {})).status, 401);
  const answer = await ask("/v1/connectors", { authorization: `Bearer ${key}` });
  assert.deepEqual(
    (await answer.json()).data.map(({ id }) => id),
    ["smtp", "postmark", "sendgrid", "brevo", "mailtrap", "mailgun", "ses", "smtp2go"],
  );
  await host.close();
  rmSync(folder, { recursive: true });
  console.log("done");
}

main();
