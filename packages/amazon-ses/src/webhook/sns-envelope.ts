import { type JsonObject, textOf } from "@getfluxly/email-core/webhook";

/** Whether an object is a message of SNS, and not the content of one, as raw message delivery posts it. */
export function isSnsEnvelope(object: JsonObject): boolean {
  return typeof object.Type === "string" && typeof object.MessageId === "string";
}

/** Function triggers spell `SigningCertUrl` and `SubscribeUrl`, HTTP posts `...URL`. */
export function urlOf(envelope: JsonObject, name: "SigningCert" | "Subscribe"): string | undefined {
  return textOf(envelope[`${name}URL`]) ?? textOf(envelope[`${name}Url`]);
}
