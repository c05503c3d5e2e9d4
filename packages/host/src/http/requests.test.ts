import { beforeAll, describe, expect, test } from "vitest";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";

let host: TestHost;
beforeAll(async () => {
  host = await openTestHost();
});

const collection = "/v1/projects/demo/email-providers";

/** Sends a body without a length. */
function stream(body: ReadableStream<Uint8Array>): Promise<Response> {
  const init = {
    method: "POST",
    headers: { authorization: `Bearer ${host.key}`, "content-type": "application/json" },
    body,
    // Node demands it for a stream; the types of the browser do not know it.
    duplex: "half",
  };
  return host.fetch(new Request(`http://host.test${collection}`, init));
}

test("every answer has its own id and is neither cached nor sniffed", async () => {
  const answers = await Promise.all([
    host.call("GET", "/healthz", { key: null }),
    host.call("GET", collection),
    host.call("GET", "/nothing"),
    host.call("DELETE", "/v1/connectors"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 405]);
  for (const { headers } of answers) {
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-request-id")).toMatch(/^req_[0-9A-Z]{26}$/);
  }
  expect(new Set(answers.map(({ headers }) => headers.get("x-request-id"))).size).toBe(answers.length);
});

test("a problem says what, why and what to do, and carries the id that is in the log", async () => {
  const { body, headers, status } = await host.call("GET", "/nothing/here?secret=1");
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(body).toEqual({
    type: "https://github.com/getfluxly/email-connectors/blob/main/packages/host/README.md#route-unknown",
    title: "No such address",
    status,
    detail: "There is nothing at this address.",
    code: "route-unknown",
    stage: "request",
    actor: "caller",
    remedy: expect.stringContaining("path"),
    request_id: headers.get("x-request-id"),
  });
  const line = host.logLines
    .map((text) => JSON.parse(text))
    .find(({ request_id }) => request_id === body.request_id);
  expect(line).toMatchObject({ method: "GET", route: null, status: 404, code: "route-unknown" });
  expect(JSON.stringify(line)).not.toContain("secret");
});

test.each([
  ["PUT", collection, "GET, HEAD, POST"],
  ["PATCH", "/v1/email-providers/epr_1", "GET, HEAD, DELETE"],
  ["GET", "/v1/email-providers/epr_1/test", "POST"],
  ["OPTIONS", "/v1/connectors", "GET, HEAD"],
])("%s %s is 405 and names the methods that work", async (method, path, allow) => {
  const { body, headers, status } = await host.call(method, path);
  expect([status, body.code, headers.get("allow")]).toEqual([405, "method-not-allowed", allow]);
});

test("HEAD is GET without a body", async () => {
  const { headers, status, text } = await host.call("HEAD", collection);
  expect([status, text, headers.get("content-type")]).toEqual([200, "", "application/json"]);
});

describe("a body that is not what it should be", () => {
  const wrong: readonly [string, unknown, Readonly<Record<string, string>>, number, string][] = [
    ["broken JSON", '{"provider": "smtp", ', {}, 400, "not-json"],
    ["an empty body", "", {}, 400, "not-json"],
    ["two values", "{} {}", {}, 400, "not-json"],
    ["a byte order mark and nothing", "\ufeff", {}, 400, "not-json"],
    [
      "a form",
      "provider=smtp",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "media-type-unsupported",
    ],
    ["another JSON type", "{}", { "content-type": "application/jsonp" }, 415, "media-type-unsupported"],
    [
      "another charset",
      "{}",
      { "content-type": "application/json; charset=latin1" },
      415,
      "media-type-unsupported",
    ],
    ["a compressed body", "{}", { "content-encoding": "gzip" }, 415, "media-type-unsupported"],
    ["a list", [], {}, 422, "body-invalid"],
    ["null", "null", {}, 422, "body-invalid"],
    ["a text", '"smtp"', {}, 422, "body-invalid"],
    ["2 MB", JSON.stringify({ provider: "x".repeat(2_000_000) }), {}, 413, "body-too-large"],
    ["a length beyond the limit", "{}", { "content-length": "300000" }, 413, "body-too-large"],
    ["100,000 nested lists", "[".repeat(100_000) + "]".repeat(100_000), {}, 422, "body-invalid"],
  ];
  test.each(wrong)("%s", async (_, body, headers, status, code) => {
    const answer = await host.call("POST", collection, { body, headers });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.remedy).not.toBe("");
    expect(await host.countProviders()).toBe(0);
  });

  test("no media type at all", async () => {
    const request = new Request(`http://host.test${collection}`, {
      method: "POST",
      headers: { authorization: `Bearer ${host.key}` },
      body: new Uint8Array([0x7b, 0x7d]),
    });
    expect((await host.fetch(request)).status).toBe(415);
  });

  test.each(["application/json", "application/json; charset=utf-8", 'APPLICATION/JSON;charset="UTF-8"'])(
    "%s is JSON",
    async (type) => {
      const { body } = await host.call("POST", collection, { body: "{}", headers: { "content-type": type } });
      expect(body.code).toBe("body-invalid");
    },
  );

  test("is measured while it is read: no length, and reading stops early", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(0x20)),
      cancel: () => {
        cancelled = true;
      },
    });
    expect([(await stream(body)).status, cancelled]).toEqual([413, true]);
  });

  test("is UTF-8, also where a character is cut by a chunk", async () => {
    const send = (chunks: readonly Uint8Array[]) =>
      stream(
        new ReadableStream({
          start(controller) {
            for (const chunk of chunks) controller.enqueue(chunk);
            controller.close();
          },
        }),
      );
    const bytes = new TextEncoder().encode('{"ü":1}');
    expect((await send([bytes.slice(0, 3), bytes.slice(3)])).status).toBe(422);
    expect((await send([bytes.slice(0, 3), bytes.slice(4)])).status).toBe(400);
  });

  test.each([
    ['{"__proto__": {"polluted": 1}}', ""],
    ['{"\\u005f_proto__": {"polluted": 1}}', ""],
    ['{"constructor": {"prototype": {"polluted": 1}}}', ""],
    ['{"smtp_host": {"a": [{"prototype": 1}]}}', "smtp_host.a[0]"],
  ])("with a name that reaches prototypes: %s", async (body, path) => {
    const answer = await host.call("POST", collection, { body });
    expect([answer.status, answer.body.code, answer.body.issues[0].path]).toEqual([
      422,
      "body-invalid",
      path,
    ]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test.each([
    ['{"display_name": "a\\u0000b"}', "display_name", "U+0000"],
    ['{"display_name": "\\ud800"}', "display_name", "Unicode"],
    [JSON.stringify({ display_name: "x".repeat(4097) }), "display_name", "4096"],
    [`{"smtp_host": ${"[".repeat(40)}1${"]".repeat(40)}}`, "smtp_host", "32 levels"],
  ])("with text or depth that nothing can carry", async (body, path, text) => {
    const answer = await host.call("POST", collection, { body });
    expect(answer.status).toBe(422);
    expect(answer.body.issues).toEqual([{ path, message: expect.stringContaining(text) }]);
  });

  test("the answer to many faults is short", async () => {
    const body = `[${'{"__proto__":1},'.repeat(5000)}1]`;
    const { text, status } = await host.call("POST", collection, { body });
    expect(status).toBe(422);
    expect(text.length).toBeLessThan(5000);
  });
});

describe("without a valid key", () => {
  test.each([
    ["no header", undefined],
    ["an empty one", ""],
    ["another scheme", "Basic Z2Y6bGl2ZQ=="],
    ["no token", "Bearer "],
    ["no key", "Bearer abc"],
    ["an unknown key", "Bearer gf_live_00000000000000000000"],
    ["two keys", "Bearer gf_live_00000000000 gf_live_00000000000"],
    ["a very long key", `Bearer gf_live_${"a".repeat(100_000)}`],
  ])("%s", async (_, authorization) => {
    const answer = await host.call("GET", collection, {
      key: null,
      headers: authorization === undefined ? {} : { authorization },
    });
    const { request_id, ...problem } = answer.body;
    const missing = await host.call("GET", collection, { key: null });
    const { request_id: other, ...same } = missing.body;
    expect([answer.status, problem, request_id === other]).toEqual([401, same, false]);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="email-host"');
  });

  test("a key in the address is not a key", async () => {
    for (const name of ["key", "api_key", "access_token", "token"]) {
      expect((await host.call("GET", `${collection}?${name}=${host.key}`, { key: null })).status).toBe(401);
    }
  });

  test("the scheme's case does not matter, and test keys work like live ones", async () => {
    const { key } = await host.administration.createApiKey({
      workspaceId: "alpha",
      label: "t",
      mode: "test",
    });
    const headers = { authorization: `bearer ${key}` };
    expect((await host.call("GET", collection, { key: null, headers })).status).toBe(200);
  });
});

/** A host whose database fails for every statement with this text in it, from the moment it is told to. */
async function openBrokenHost(text: string) {
  let broken = false;
  const opened = await openTestHost({
    database: {
      ...host.database,
      query: async (sql, parameters) => {
        if (broken && sql.includes(text)) throw new Error("disk on fire at /var/lib");
        return host.database.query(sql, parameters);
      },
    },
  });
  broken = true;
  return opened;
}

test("a broken database is a 500 without internals, whose stack is in the log under the same id", async () => {
  const broken = await openBrokenHost("from projects");
  const { body, status, text } = await broken.call("GET", collection);
  expect([status, body.code]).toEqual([500, "internal"]);
  expect(text).not.toMatch(/disk|fire|var|Error:|\.ts/);
  const logged = broken.logLines.find((line) => line.includes("disk on fire"));
  expect(JSON.parse(logged ?? "{}")).toMatchObject({ level: 50, request_id: body.request_id });
});

test("health needs no key and tells when the database is gone", async () => {
  expect((await host.call("GET", "/healthz", { key: null })).body).toEqual({ status: "ok" });
  const broken = await openBrokenHost("select 1");
  const { body, status, text } = await broken.call("GET", "/healthz", { key: null });
  expect([status, body.code, text.includes("fire")]).toEqual([503, "not-ready", false]);
});

test("a closed host answers 503", async () => {
  const closing = await openTestHost({ database: host.database });
  await closing.close();
  const { body, status } = await closing.call("GET", collection);
  expect([status, body.code]).toEqual([503, "host-closing"]);
});
