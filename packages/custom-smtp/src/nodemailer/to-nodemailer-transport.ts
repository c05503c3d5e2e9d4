import { EventEmitter } from "node:events";
import type { CloseOptions, ManagedProvider } from "@getfluxly/email-core";
import { assertNoProxy } from "./assert-no-proxy.js";
import type { NodemailerMail } from "./nodemailer-mail.js";
import type { NodemailerTransport } from "./nodemailer-transport.js";
import { sendMail } from "./send-mail.js";
import { settle } from "./settle.js";
import { toNodemailerError } from "./to-nodemailer-error.js";

/** As in nodemailer's pool: five under way, five that wait. */
const maxRunning = 10;

/**
 * A provider as a transport: `nodemailer.createTransport(toNodemailerTransport(provider))`. The provider is closed by
 * `transporter.close()` only. Rejections are EmailErrors, as those of the provider itself.
 */
export function toNodemailerTransport(provider: ManagedProvider): NodemailerTransport {
  const events = new EventEmitter();
  let running = 0;
  let isFull = false;
  let isClosed = false;
  const isIdle = () => !isFull && !isClosed;
  const tellIdle = () => setImmediate(() => isIdle() && events.emit("idle"));

  const send = async (mail: NodemailerMail) => {
    assertNoProxy(transport);
    return sendMail(provider, mail);
  };
  const begin = () => {
    running += 1;
    isFull ||= running >= maxRunning;
  };
  const end = () => {
    running -= 1;
    if (!isFull || running >= maxRunning) return;
    isFull = false;
    tellIdle();
  };
  const prove = async (): Promise<true> => {
    try {
      assertNoProxy(transport);
      await provider.verify();
      return true;
    } catch (error) {
      throw toNodemailerError(error, "not_sent");
    }
  };
  function verify(): Promise<true>;
  function verify(callback: (error: Error | null, success?: true) => void): void;
  function verify(callback?: (error: Error | null, success?: true) => void) {
    return callback ? settle(prove(), callback) : prove();
  }

  const transport: NodemailerTransport = {
    name: "getfluxly-email",
    version: "v1",
    supportsAbortSignal: true,
    send(mail, callback) {
      begin();
      settle(send(mail), (...outcome) => {
        end();
        callback(...outcome);
      });
    },
    verify,
    isIdle,
    on(event, listener) {
      events.on(event, listener);
      // The first one comes on its own, and after all listeners are there.
      if (event === "idle") tellIdle();
      return transport;
    },
    close({ force }: CloseOptions = {}) {
      isClosed = true;
      const closing = provider.close({ force });
      // Existing code does not wait for it, and then nobody could handle a rejection.
      closing.catch(() => undefined);
      return closing;
    },
  };
  return transport;
}
