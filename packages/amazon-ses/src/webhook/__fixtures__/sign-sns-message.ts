import { type KeyObject, sign } from "node:crypto";
import { certificateUrl, topicArn } from "./sns-addresses.js";

export const signedAt = new Date("2031-03-12T16:06:08.000Z");

export type SnsFields = Readonly<Record<string, unknown>>;

export const notification: SnsFields = {
  Type: "Notification",
  MessageId: "00000000-0000-4000-8000-000000000001",
  TopicArn: topicArn,
  Message: JSON.stringify({ eventType: "Send", mail: { destination: ["kim@example.net"] }, send: {} }),
  Timestamp: signedAt.toISOString(),
  SignatureVersion: "2",
  SigningCertURL: certificateUrl,
  UnsubscribeURL: "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe",
};

/** The documented text, written down apart from the code under test: sorted names, a line each. */
export function signSnsMessage(fields: SnsFields, key: KeyObject): SnsFields {
  const names =
    fields.Type === "Notification"
      ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
      : ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
  const text = names
    .filter((name) => fields[name] !== undefined && fields[name] !== null)
    .map((name) => `${name}\n${fields[name]}\n`)
    .join("");
  const hash = fields.SignatureVersion === "1" ? "sha1" : "sha256";
  return { ...fields, Signature: sign(hash, Buffer.from(text), key).toString("base64") };
}
