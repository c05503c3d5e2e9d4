import type { EmailMessage } from "@getfluxly/email-core";
import fc from "fast-check";
import { simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import { arbitraryAttachment } from "./__fixtures__/arbitrary-attachment.js";
import { date, prepare } from "./__fixtures__/prepare.js";
import { received } from "./__fixtures__/received.js";
import { composeFast } from "./compose-fast.js";
import { toAttachmentPart } from "./to-attachment-part.js";

const content = new Uint8Array(3);
const fieldsOf = (filename: string, contentId?: string) =>
  toAttachmentPart({ filename, contentType: "image/png", content, contentId })[0];

describe("the fields of an attachment", () => {
  test("with a plain name", () => {
    expect(fieldsOf("Invoice 7 (1).png").split("\n")).toEqual([
      "Content-Type: image/png;",
      ' name="Invoice 7 (1).png"',
      "Content-Transfer-Encoding: base64",
      "Content-Disposition: attachment;",
      ' filename="Invoice 7 (1).png"',
      "",
      "",
    ]);
  });

  test("with a name that needs encoding, and an id", () => {
    expect(fieldsOf('für "Ö" (1)*.png', "a@b").split("\n")).toEqual([
      "Content-Type: image/png;",
      ' name="=?UTF-8?Q?f=C3=BCr_=22=C3=96=22_=281=29*=2Epng?="',
      "Content-Transfer-Encoding: base64",
      "Content-Disposition: inline;",
      " filename*=utf-8''f%C3%BCr%20%22%C3%96%22%20%281%29%2A.png",
      "Content-ID: <a@b>",
      "",
      "",
    ]);
  });

  test("with a long name: numbered sections, none of which splits a character", () => {
    const fields = fieldsOf(`${"世界".repeat(12)}.png`);
    expect(fields).toContain(" filename*0*=utf-8''%E4%B8%96%E7%95%8C");
    expect(fields).toContain(" filename*4*=%E4%B8%96%E7%95%8C%E4%B8%96%E7%95%8C.png");
    expect(Math.max(...fields.split("\n").map((line) => line.length))).toBeLessThanOrEqual(76);
    for (const [, section = ""] of fields.matchAll(/ filename\*\d\*=(?:utf-8'')?(.*?);?\n/g)) {
      expect(decodeURIComponent(section)).not.toBe("");
    }
  });
});

test("another parser reads the same names, ids and octets", async () => {
  const attachments: fc.Arbitrary<EmailMessage["attachments"]> = fc.array(arbitraryAttachment, {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(attachments, async (given) => {
      const message = prepare({ text: "Hi", attachments: given });
      const composed = composeFast(message, date);
      if (!composed) return;
      const parsed = await simpleParser(Buffer.from(received(composed), "latin1"));
      expect(
        parsed.attachments.map(({ filename, contentType, cid, content: octets }) => ({
          filename,
          contentType,
          cid,
          octets: octets.toString("hex"),
        })),
      ).toEqual(
        message.attachments?.map(({ filename, contentType, contentId, content: octets }) => ({
          filename,
          contentType: contentType.toLowerCase(),
          cid: contentId,
          octets: Buffer.from(octets).toString("hex"),
        })),
      );
    }),
    { numRuns: 1_000 },
  );
});
