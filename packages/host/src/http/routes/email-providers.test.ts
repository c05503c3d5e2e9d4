import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHost, type TestHost } from "../../__fixtures__/open-test-host.js";
import { providerBody } from "../../__fixtures__/provider-body.js";

const collection = "/v1/projects/demo/email-providers";
let relay: SandboxRelay;
let host: TestHost;
const ids: string[] = [];

beforeAll(async () => {
  relay = await startSandboxRelay({ tls: "none", authentication: "not_offered" });
  host = await openTestHost();
  for (let index = 0; index < 5; index++) {
    const body = providerBody(relay, { display_name: `Relay ${index}`, username: "", password: "" });
    ids.unshift((await host.call("POST", collection, { body })).body.id);
  }
});
afterAll(() => relay.close());

const list = async (query: string) => {
  const { body } = await host.call("GET", `${collection}${query}`);
  return { ids: body.data?.map(({ id }: { id: string }) => id), next: body.next_after };
};

test("lists all, newest first", async () => {
  expect(await list("")).toEqual({ ids, next: null });
});

test("in pages that neither repeat nor miss one, also when one is deleted between them", async () => {
  const first = await list("?limit=2");
  expect(first).toEqual({ ids: ids.slice(0, 2), next: ids[1] });
  const second = await list(`?limit=2&after=${first.next}`);
  expect(second).toEqual({ ids: ids.slice(2, 4), next: ids[3] });
  await host.call("DELETE", `/v1/email-providers/${ids[3]}`);
  expect(await list(`?limit=2&after=${second.next}`)).toEqual({ ids: ids.slice(4), next: null });
  expect(await list("?limit=4")).toMatchObject({ next: null });
});

test.each([
  ["limit=0", "limit"],
  ["limit=101", "limit"],
  ["limit=ten", "limit"],
  ["limit=1e1", "limit"],
  ["after=%00", "after"],
  ["after=", "after"],
  ["offset=1", "offset"],
])("%s is refused", async (query, path) => {
  const { body, status } = await host.call("GET", `${collection}?${query}`);
  expect([status, body.code, body.issues[0].path]).toEqual([422, "query-invalid", path]);
});

test("the form of a connector is a JSON Schema of the whole body, with the secrets marked", async () => {
  const { body } = await host.call("GET", "/v1/connectors");
  expect(body.data).toHaveLength(1);
  const [connector] = body.data;
  expect(connector).toMatchObject({
    id: "smtp",
    display_name: "Custom SMTP",
    secret_fields: ["password"],
    capabilities: { batch: {} },
  });
  const { form } = connector;
  expect(form).toMatchObject({ type: "object", additionalProperties: false });
  expect(Object.keys(form.properties)).toEqual([
    "provider",
    "display_name",
    "from_email",
    "from_name",
    "reply_to",
    "test_recipient",
    "smtp_host",
    "smtp_port",
    "smtp_secure",
    "username",
    "password",
  ]);
  expect(form.required).toEqual([
    "provider",
    "display_name",
    "from_email",
    "smtp_host",
    "smtp_port",
    "smtp_secure",
  ]);
  expect(form.properties.provider).toEqual({ const: "smtp" });
  expect(form.properties.password).toMatchObject({ writeOnly: true, format: "password" });
  expect(form.properties.smtp_secure.enum).toEqual(["starttls", "ssl", "none"]);
});
