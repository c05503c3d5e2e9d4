import { expect, test } from "vitest";
import { parseMessage } from "./parse-message.js";

const parse = (...lines: readonly string[]) => parseMessage(Buffer.from(lines.join("\r\n")));

test("addresses, headers, both bodies and attachments", async () => {
  const parsed = await parse(
    "From: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= <from@example.test>",
    "To: One <one@example.test>, friends: two@example.test, three@example.test;",
    "Cc: cc@example.test",
    "Reply-To: reply@example.test",
    "Subject: a folded",
    " subject",
    "Message-ID: <id@example.test>",
    "Date: Mon, 02 Nov 2026 10:00:00 +0000",
    "X-Twice: one",
    "X-Twice: two",
    'Content-Type: multipart/mixed; boundary="a"',
    "",
    "--a",
    'Content-Type: multipart/alternative; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "Gr=C3=BC=C3=9Fe",
    "--b",
    "Content-Type: text/html",
    "",
    '<img src="cid:logo@example.test">',
    "--b--",
    "--a",
    "Content-Type: image/png",
    "Content-ID: <logo@example.test>",
    'Content-Disposition: inline; filename="logo.png"',
    "Content-Transfer-Encoding: base64",
    "",
    "AAEC/w==",
    "--a--",
    "",
  );
  expect(parsed).toMatchObject({
    from: [{ address: "from@example.test", name: "Grüße" }],
    to: [
      { address: "one@example.test", name: "One" },
      { address: "two@example.test", name: "" },
      { address: "three@example.test", name: "" },
    ],
    cc: [{ address: "cc@example.test", name: "" }],
    bcc: [],
    replyTo: [{ address: "reply@example.test", name: "" }],
    subject: "a folded subject",
    messageId: "id@example.test",
    date: new Date("2026-11-02T10:00:00Z"),
    html: '<img src="cid:logo@example.test">',
    attachments: [
      {
        filename: "logo.png",
        contentType: "image/png",
        content: new Uint8Array([0, 1, 2, 255]),
        contentId: "logo@example.test",
        disposition: "inline",
      },
    ],
  });
  expect(parsed.text?.trim()).toBe("Grüße");
  expect(parsed.headers.get("x-twice")).toEqual(["one", "two"]);
  expect(parsed.headers.get("subject")).toEqual(["a folded subject"]);
  expect(parsed.headers.get("from")).toEqual(["=?utf-8?Q?Gr=C3=BC=C3=9Fe?= <from@example.test>"]);
});

test("what is not there is not made up", async () => {
  const html = await parse("Content-Type: text/html", "", "<b>only html</b>", "");
  expect(html.text).toBeUndefined();
  const text = await parse("", "only text", "");
  expect(text.html).toBeUndefined();
  expect(text).toMatchObject({ from: [], to: [], subject: undefined, messageId: undefined, attachments: [] });
});
