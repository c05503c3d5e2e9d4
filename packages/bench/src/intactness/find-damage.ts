import { createHash } from "node:crypto";
import { type BenchMessage, benchSender, sequenceOf } from "../messages/bench-message.js";
import type { ParsedMessage } from "./parse-content.js";

/** What is wrong with the messages that came, in a sentence each. Empty: each came once, as it was sent. */
export function findDamage(sent: readonly BenchMessage[], received: readonly ParsedMessage[]): string[] {
  const damage: string[] = [];
  const open = [...sent];
  for (const message of received) {
    const sequence = sequenceOf(message.subject);
    const index = open.findIndex((candidate) => candidate.sequence === sequence);
    const [original] = index === -1 ? [] : open.splice(index, 1);
    if (original === undefined) damage.push(`"${message.subject}" came, but was not sent, or came twice`);
    else damage.push(...compare(original, message));
  }
  return [...damage, ...open.map(({ sequence }) => `message ${sequence} did not come`)];
}

function compare(sent: BenchMessage, received: ParsedMessage): string[] {
  const files = (received.attachments ?? []).map(({ filename, content }) => `${filename} ${hash(content)}`);
  const { attachment } = sent;
  const pairs = {
    sender: [benchSender.address, received.from],
    recipient: [sent.to.address, received.to],
    text: [hash(normalized(sent.text)), hash(normalized(received.text))],
    attachments: [
      attachment === undefined ? "" : `${attachment.filename} ${hash(attachment.content)}`,
      files.join(),
    ],
  };
  return Object.entries(pairs)
    .filter(([, [expected, found]]) => expected !== found)
    .map(([what, [expected, found]]) => `message ${sent.sequence}: ${what} ${found}, not ${expected}`);
}

/** On the way lines end in CRLF, and the last one always ends. */
const normalized = (text: string): string => text.replaceAll("\r\n", "\n").replace(/\n+$/, "");

const hash = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
