import { afterEach, describe, expect, test } from "vitest";
import { connectRaw, loggedIn, sendMessage } from "./__fixtures__/raw-client.js";
import { type SandboxRelay, type SandboxRelayOptions, startSandboxRelay } from "./index.js";

const relays: SandboxRelay[] = [];
const start = async (options?: SandboxRelayOptions): Promise<SandboxRelay> => {
  const relay = await startSandboxRelay(options);
  relays.push(relay);
  return relay;
};
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.close()));
});

describe("a message from greeting to capture", () => {
  for (const tls of ["starttls", "implicit", "none"] as const) {
    test(`with tls ${tls}`, async () => {
      const relay = await start({ tls });
      const client = await loggedIn(relay);
      const replies = await sendMessage(client);
      expect(replies.map((reply) => reply.slice(0, 3))).toEqual(["250", "250", "354", "250"]);
      const [message] = await relay.waitForMessages(1);
      expect(message).toMatchObject({
        envelope: { from: "from@example.test", to: ["to@example.test"] },
        parsed: { subject: "hello" },
        user: "sandbox",
        tls: tls !== "none",
      });
      expect(replies[3]).toContain(message?.id);
      client.close();
      await relay.waitForNoConnections();
    });
  }
});
