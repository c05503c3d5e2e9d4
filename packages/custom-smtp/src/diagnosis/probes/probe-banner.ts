import type { Socket } from "node:net";
import { connect } from "node:tls";
import { dial } from "../../network/dial.js";
import type { Finding } from "../observation.js";

type Service = Extract<Finding, { probe: "banner" }>["service"];

const listenMs = 1_500;
const greetings: readonly (readonly [RegExp, Service])[] = [
  [/^220[ -]/, "smtp"],
  [/^\* (?:OK|PREAUTH|BYE)/i, "imap"],
  [/^\+OK/, "pop3"],
  [/^HTTP\/|^<(?:!doctype|html)/i, "http"],
  [/^SSH-/, "ssh"],
  // An alert or a handshake record.
  [/^[\x15\x16]\x03/, "tls"],
];

/**
 * What is behind a port: what it says by itself, else whether it answers a TLS handshake, else whether it answers a line.
 * Sends no credentials and repeats nothing of what it hears.
 */
export async function probeBanner(address: string, port: number, signal: AbortSignal): Promise<Service> {
  const first = await listen(address, port, signal);
  if (first !== "silent") return first;
  if (await speaksTls(address, port, signal)) return "tls";
  return listen(address, port, signal, "EHLO probe.invalid\r\n\r\n");
}

async function listen(address: string, port: number, signal: AbortSignal, line?: string): Promise<Service> {
  const socket = await dial([address], port, signal).catch(() => undefined);
  if (!socket) return "closed";
  return new Promise((resolve) => {
    let heard = "";
    const end = (service: Service) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.on("error", () => undefined).destroy();
      resolve(service);
    };
    const onAbort = () => end("silent");
    const timer = setTimeout(() => end(heard === "" ? "silent" : "other"), listenMs);
    signal.addEventListener("abort", onAbort, { once: true });
    socket.on("data", (chunk: Buffer) => {
      heard = (heard + chunk.toString("latin1")).slice(0, 512);
      const service = greetings.find(([pattern]) => pattern.test(heard))?.[1];
      if (service) end(service);
      else if (heard.includes("\n")) end("other");
    });
    socket.once("error", () => end("closed"));
    socket.once("close", () => end(heard === "" ? "closed" : "other"));
    if (line !== undefined) socket.write(line);
  });
}

async function speaksTls(address: string, port: number, signal: AbortSignal): Promise<boolean> {
  const socket = await dial([address], port, signal).catch(() => undefined);
  return socket !== undefined && isAnswered(socket, signal);
}

/** Nothing is sent over it, so the certificate does not matter. */
function isAnswered(socket: Socket, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const secured = connect({ socket, rejectUnauthorized: false });
    const end = (answered: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      secured.on("error", () => undefined).destroy();
      socket.on("error", () => undefined).destroy();
      resolve(answered);
    };
    const onAbort = () => end(false);
    const timer = setTimeout(() => end(false), listenMs);
    signal.addEventListener("abort", onAbort, { once: true });
    secured.once("secureConnect", () => end(true));
    // An alert is an answer too: only a server of TLS sends one.
    secured.once("error", (error: NodeJS.ErrnoException) => end(/ALERT/.test(error.code ?? "")));
    secured.once("close", () => end(false));
  });
}
