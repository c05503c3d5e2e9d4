import type { Attachment } from "@getfluxly/email-core";
import fc from "fast-check";
import { arbitraryLine } from "./arbitrary-line.js";

const filename = arbitraryLine(200).map((line) => line.replace(/[/\\]/g, "-") || "a");

const contentType = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      "application/pdf",
      "image/png",
      "IMAGE/jpeg",
      "text/plain",
      "text/html",
      "text/csv",
      "application/vnd.ms-excel.sheet.macroEnabled.12",
      "x/y!#$&^_.+-z",
    ),
    weight: 30,
  },
  { arbitrary: fc.constantFrom("message/rfc822", "Message/External-Body"), weight: 1 },
);

/** Lengths around the ends of base64 groups and lines. */
const content = fc
  .oneof(
    fc.constantFrom(0, 1, 2, 3, 56, 57, 58, 59, 113, 114, 115, 57 * 256 - 1, 57 * 256, 57 * 256 + 1),
    fc.integer({ min: 0, max: 600 }),
  )
  .chain((length) =>
    fc
      .integer()
      .map((seed) => Uint8Array.from({ length }, (_, index) => Math.imul(index + 1, seed | 1) >>> 8)),
  );

export const arbitraryAttachment: fc.Arbitrary<Attachment> = fc.record(
  { filename, contentType, content, contentId: fc.stringMatching(/^[\w!#$%&'*+/=^`{|}~.@-]{1,40}$/) },
  { requiredKeys: ["filename", "contentType", "content"] },
);
