import { expect, test } from "vitest";
import { parseSender } from "./parse-sender.js";

test("a sender comes back canonical and frozen", () => {
  const sender = parseSender({ from_email: "info@münchen.de", from_name: "Info", reply_to: "a@b.example" });
  expect(sender).toEqual({
    from_email: "info@xn--mnchen-3ya.de",
    from_name: "Info",
    reply_to: "a@b.example",
  });
  expect(Object.isFrozen(sender)).toBe(true);
  expect(parseSender({ from_email: "a@b.example", from_name: undefined })).toEqual({
    from_email: "a@b.example",
  });
});

test.each<[unknown, string[]]>([
  [undefined, [""]],
  [null, [""]],
  ["a@b.example", [""]],
  [{}, ["from_email"]],
  [{ from_email: "a@b.example", from_name: null }, ["from_name"]],
  [{ from_email: "a@b.example", reply_to: "" }, ["reply_to"]],
  [
    { from_email: "a@b", from_name: "a\nb", reply_to: 1, smtp_host: "x" },
    ["smtp_host", "from_email", "from_name", "reply_to"],
  ],
  [JSON.parse('{"from_email":"a@b.example","__proto__":{}}'), ["__proto__"]],
])("%j is refused", (input, paths) => {
  let error: unknown;
  try {
    parseSender(input);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({
    code: "sender-invalid",
    stage: "config",
    actor: "configuration",
    issues: paths.map((path) => ({ path })),
  });
});
