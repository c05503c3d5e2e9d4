import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { EmailError } from "@getfluxly/email-core";
import { dial } from "../network/dial.js";
import { isPrivateName } from "../network/is-private-name.js";
import { vetAddresses } from "../network/vet-addresses.js";
import { authenticate } from "./authenticate.js";
import { type Extensions, noExtensions, parseExtensions } from "./extensions.js";
import type { Progress } from "./progress.js";
import { Refusal } from "./refusal.js";
import { secure } from "./secure.js";
import { type SessionOptions, stepTimeoutsMs } from "./session-options.js";
import { createWire, type Wire } from "./wire.js";
import { WireError } from "./wire-error.js";

/** A connection on which mail may be sent: TLS as asked for, logged in as asked for. */
export interface Connection {
  readonly wire: Wire;
  /** Of the last EHLO: what was announced before TLS is forgotten (RFC 3207 section 4.2). */
  readonly extensions: Extensions;
  readonly encrypted: boolean;
  readonly authenticated: boolean;
}

/** From the host name to a logged-in connection. `progress` tells how far it came when it rejects. */
export async function openConnection(options: SessionOptions, progress: Progress): Promise<Connection> {
  const socket = await reach(options, progress);
  const { signal, tlsMode, record } = options;
  record?.connected(socket.remoteAddress ?? "");
  let wire: Wire | undefined;
  try {
    if (tlsMode === "ssl") progress.stage = "tls";
    const bottom = tlsMode === "ssl" ? await encrypt(socket, options) : socket;
    wire = createWire(bottom, { signal, record, expectsGreeting: true });
    progress.stage = "greeting";
    const greeting = await wire.reply(stepTimeoutsMs.greeting);
    if (greeting.code !== 220) throw new Refusal(greeting);
    let extensions = await greet(wire, options, progress);
    if (tlsMode === "starttls") {
      const secured = await upgrade(wire, extensions, options, progress);
      wire = createWire(secured, { signal, record, expectsGreeting: false });
      extensions = await greet(wire, options, progress);
    }
    await logIn(wire, extensions, options, progress);
    const authenticated = options.credentials !== undefined;
    return { wire, extensions, encrypted: tlsMode !== "none", authenticated };
  } catch (error) {
    wire?.destroy();
    socket.destroy();
    throw error;
  }
}

async function reach(options: SessionOptions, progress: Progress): Promise<Socket> {
  const { host, portOrder, signal, tlsMode, policy } = options;
  progress.stage = "dns";
  const addresses = await lookUp(options);
  options.record?.resolved(addresses);
  const vet = (port: number) =>
    vetAddresses({ host, port, plaintext: tlsMode === "none" }, addresses, policy);
  const [first = options.port, ...others] = portOrder?.ports ?? [];
  const vetted = vet(first);
  progress.stage = "tcp";
  const timeoutMs = others.length > 0 ? stepTimeoutsMs.connectOfSeveral : stepTimeoutsMs.connect;
  try {
    return await within(timeoutMs, signal, (limit) => dial(vetted, first, limit));
  } catch (error) {
    for (const port of others) {
      if (signal.aborted) break;
      const socket = await tryPort(port, vet, signal);
      if (!socket) continue;
      portOrder?.onReached(port);
      return socket;
    }
    throw error;
  }
}

/**
 * A name of the own network that does not exist is answered like one that does and may not be reached: otherwise whoever may
 * try settings could list the names in it.
 */
async function lookUp({ host, policy, port, resolve, signal }: SessionOptions): Promise<readonly string[]> {
  try {
    return await within(stepTimeoutsMs.dns, signal, (limit) => resolve(host, limit));
  } catch (error) {
    if (signal.aborted || !isPrivateName(host) || permitsOwnNetwork(policy, port)) throw error;
    return [];
  }
}

function permitsOwnNetwork({ permitsAddress }: SessionOptions["policy"], port: number): boolean {
  const samples = ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "fd00::1"];
  return permitsAddress !== undefined && samples.some((address) => permitsAddress(address, port));
}

/** Undefined if it cannot be reached: the failure of the usual port is the one to tell. */
async function tryPort(
  port: number,
  vet: (port: number) => readonly string[],
  signal: AbortSignal,
): Promise<Socket | undefined> {
  try {
    const vetted = vet(port);
    return await within(stepTimeoutsMs.connectOfSeveral, signal, (limit) => dial(vetted, port, limit));
  } catch {
    return undefined;
  }
}

async function encrypt(socket: Socket, { host, trust, signal, record }: SessionOptions): Promise<TLSSocket> {
  const secured = await secure(socket, { host, trust: trust(), signal, timeoutMs: stepTimeoutsMs.handshake });
  record?.secured(secured);
  return secured;
}

async function greet(wire: Wire, options: SessionOptions, progress: Progress): Promise<Extensions> {
  progress.stage = "ehlo";
  wire.command(`EHLO ${options.clientName}\r\n`);
  const reply = await wire.reply(stepTimeoutsMs.command);
  if (reply.code === 250) return parseExtensions(reply);
  // A server without extensions can neither encrypt nor log in, so HELO serves only where neither is asked for.
  const helloWillDo = options.tlsMode === "none" && options.credentials === undefined;
  if (!helloWillDo || reply.code < 500 || reply.code === 554) throw new Refusal(reply);
  wire.command(`HELO ${options.clientName}\r\n`);
  const hello = await wire.reply(stepTimeoutsMs.command);
  if (hello.code !== 250) throw new Refusal(hello);
  return noExtensions;
}

/** STARTTLS, up to the finished handshake. */
async function upgrade(
  wire: Wire,
  { startTls }: Extensions,
  options: SessionOptions,
  progress: Progress,
): Promise<Socket> {
  progress.stage = "starttls";
  if (!startTls) {
    throw new EmailError({
      code: "starttls-unsupported",
      message: "The relay does not offer STARTTLS here, so the connection cannot be encrypted.",
      stage: "starttls",
      remedy: "Use smtp_secure `ssl` with port 465, if the relay has it.",
    });
  }
  wire.command("STARTTLS\r\n");
  const reply = await wire.reply(stepTimeoutsMs.command);
  if (reply.code !== 220) throw new Refusal(reply);
  // Octets that came along with the 220 were sent in clear, by whoever: they must not count as said inside TLS.
  wire.assertQuiet();
  progress.stage = "tls";
  return encrypt(wire.detach(), options);
}

async function logIn(
  wire: Wire,
  extensions: Extensions,
  { credentials }: SessionOptions,
  progress: Progress,
): Promise<void> {
  if (credentials === undefined) return;
  progress.stage = "auth";
  await authenticate(wire, extensions, credentials);
}

/** Runs a step that ends when the caller aborts or when its own time is over, whether or not it listens. */
async function within<T>(
  timeoutMs: number,
  signal: AbortSignal,
  run: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const aborted = () => new WireError("aborted", "aborted", { cause: signal.reason });
  if (signal.aborted) throw aborted();
  const controller = new AbortController();
  let end = (_error: WireError): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    end = (error) => {
      reject(error);
      controller.abort(error);
    };
  });
  const onAbort = () => end(aborted());
  signal.addEventListener("abort", onAbort);
  const timer = setTimeout(() => end(new WireError("silent", `no answer in ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([run(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
