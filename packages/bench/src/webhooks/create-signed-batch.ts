import { generateKeyPairSync, sign } from "node:crypto";
import { createSendGridBatch } from "./create-sendgrid-batch.js";

export interface SignedBatch {
  readonly body: Uint8Array;
  /** Base64 of SPKI, as SendGrid shows it. */
  readonly publicKey: string;
  /** Seconds since 1970. */
  readonly time: string;
  /** Base64 of DER. */
  readonly signature: string;
}

export function createSignedBatch(events: number): SignedBatch {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = createSendGridBatch(events);
  const time = String(Math.floor(Date.now() / 1000));
  return {
    ...{ body, time },
    publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    signature: sign("sha256", Buffer.concat([Buffer.from(time), body]), privateKey).toString("base64"),
  };
}
