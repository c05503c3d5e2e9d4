import type { ManagedProvider, Receipt } from "@getfluxly/email-core";
import nodemailer, { type SentMessageInfo, type Transporter } from "nodemailer";
import { toNodemailerTransport } from "./index.js";

// Every @ts-expect-error is a mistake that must not compile. The file is checked by tsc and never run.

declare const provider: ManagedProvider;

const transporter = nodemailer.createTransport(toNodemailerTransport(provider), { from: "a@example.test" });

export async function takesPromises(): Promise<Receipt> {
  const verified: true = await transporter.verify();
  const info = await transporter.sendMail({ to: "b@example.test", subject: "Hello", text: `${verified}` });
  const [from, accepted]: [string, string[]] = [info.envelope.from, info.accepted];
  const responses = info.rejectedErrors?.map(({ recipient, response }) => `${recipient} ${response}`) ?? [];
  // @ts-expect-error -- of another transport
  const other: number = info.messageTime.toFixed();
  console.log(from, accepted, responses, other);
  return info.receipt;
}

export function takesCallbacks(): void {
  transporter.verify((error, success) => console.log(error?.message, success));
  transporter.sendMail({ to: "b@example.test", text: "Hello" }, (error, info) => {
    if (error) console.log(error.code, error.responseCode, error.response, error.command);
    else console.log(info.messageId, info.receipt.relayMessageId);
  });
  transporter.use("compile", (mail, done) => done(mail.data.text ? null : new Error("no text")));
  transporter.on("idle", () => transporter.isIdle());
  transporter.close({ force: true });
}

/** What existing code has in its signatures. */
export const plain: Transporter = transporter;
export const explicit: Transporter<SentMessageInfo> = nodemailer.createTransport(
  toNodemailerTransport(provider),
);
