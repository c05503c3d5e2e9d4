import type { MessageKind } from "./message-kind.js";

export interface BenchMessage {
  readonly sequence: number;
  readonly to: { readonly name: string; readonly address: `${string}@${string}` };
  readonly subject: string;
  /** Lines of less than 76 characters, ASCII, with \n between them. */
  readonly text: string;
  readonly attachment?: {
    readonly filename: string;
    readonly contentType: "application/pdf";
    readonly content: Uint8Array;
  };
}

export const benchSender = { name: "Example Shop", address: "news@customer.test" } as const;

const attachmentBytes = 146 * 1024;
const textBytes: Readonly<Record<MessageKind, number>> = {
  "2KB": 2 * 1024,
  "20KB": 20 * 1024,
  "200KB": 200 * 1024,
  attachment: 512,
};
const words = "your order has been packed and will leave our house today please keep this letter".split(" ");
const prose = toProse(textBytes["200KB"]);
const filler = Uint8Array.from({ length: attachmentBytes }, (_, index) => (index * 2_654_435_761) >>> 13);

/**
 * The same for every client, and made anew for every sequence number: subject, recipient, text and attachment all
 * differ, so that nobody gains by remembering what was sent before.
 */
export function createBenchMessage(kind: MessageKind, sequence: number): BenchMessage {
  const mark = String(sequence).padStart(9, "0");
  const opening = `Dear customer ${mark},\n\n`;
  const message: BenchMessage = {
    sequence,
    to: { name: `Customer ${mark}`, address: `customer.${mark}@example.test` },
    subject: `Your order ${mark} is on its way`,
    text: `${opening}${prose.slice(0, textBytes[kind] - opening.length - 1)}\n`,
  };
  if (kind !== "attachment") return message;
  const content = Uint8Array.from(filler);
  content.set(new TextEncoder().encode(mark), 8);
  return {
    ...message,
    attachment: { filename: `invoice-${mark}.pdf`, contentType: "application/pdf", content },
  };
}

/** The number in a subject that `createBenchMessage` wrote. */
export function sequenceOf(subject: string | undefined): number | undefined {
  const mark = /^Your order (\d{9}) is on its way$/.exec(subject ?? "")?.[1];
  return mark === undefined ? undefined : Number(mark);
}

function toProse(bytes: number): string {
  const lines: string[] = [];
  let line = "";
  for (let length = 0, index = 0; length <= bytes; index++) {
    // Steps of a prime, so that the lines differ.
    const word = words[(index * 7 + (index >> 4)) % words.length] ?? "";
    if (line.length + word.length > 72) {
      lines.push(line);
      length += line.length + 1;
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return lines.join("\n");
}
