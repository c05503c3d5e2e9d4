import { startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { createProviderRegistry } from "@getfluxly/email-core";
import { createPostmarkDefinition } from "@getfluxly/email-postmark";
import { expect, test } from "vitest";
import { openTestHost } from "../__fixtures__/open-test-host.js";

const collection = "/v1/projects/demo/email-providers";
const token = "4b1c8c3e-0a52-4d0e-9b5a-3f1f6f0f7a11";
const body = { provider: "postmark", display_name: "Postmark", from_email: "news@example.com" };

test("a preset is connected with what its user knows, tried before it is stored, and sends", async () => {
  await using relay = await startSandboxRelay({ users: { [token]: token } });
  const connection = { host: "localhost", port: relay.port };
  const registry = createProviderRegistry({ postmark: createPostmarkDefinition({ connection }) });
  const host = await openTestHost({ registry, certificateAuthorities: [relay.certificateAuthority] });

  const { body: connectors } = await host.call("GET", "/v1/connectors");
  expect(connectors.data[0].form.required).toEqual(
    expect.arrayContaining(["display_name", "from_email", "server_token"]),
  );
  const wrong = await host.call("POST", collection, { body: { ...body, server_token: "kim@example.net" } });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("e-mail address");
  expect(relay.connections).toHaveLength(0);

  const created = await host.call("POST", collection, { body: { ...body, server_token: token } });
  expect(created.body).toMatchObject({ provider: "postmark", verified: true });
  expect(created.text).not.toContain(token);
  const tested = await host.call("POST", `/v1/email-providers/${created.body.id}/test`, {
    body: { to: "someone@example.net" },
  });
  expect(tested.body).toMatchObject({ verdict: "pass" });
  expect(Buffer.from(relay.messages[0]?.raw ?? []).toString()).toMatch(/^X-PM-Metadata-gf_id: \w{26}\r$/m);
});
