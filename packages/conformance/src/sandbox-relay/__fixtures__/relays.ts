import { afterEach } from "vitest";
import { type SandboxRelay, type SandboxRelayOptions, startSandboxRelay } from "../index.js";
import { connectRaw, loggedIn, type RawClient, type RawClientOptions } from "./raw-client.js";

const relays: SandboxRelay[] = [];
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(relays.splice(0).map((relay) => relay.close()));
});

/** A relay that the end of the test closes. */
export async function start(options?: SandboxRelayOptions): Promise<SandboxRelay> {
  const relay = await startSandboxRelay(options);
  relays.push(relay);
  return relay;
}

/** A client that the end of the test closes. */
export async function connect(relay: SandboxRelay, options?: RawClientOptions): Promise<RawClient> {
  const client = await connectRaw(relay, options);
  clients.push(client);
  return client;
}

export async function login(relay: SandboxRelay, options?: RawClientOptions): Promise<RawClient> {
  const client = await loggedIn(relay, options);
  clients.push(client);
  return client;
}
