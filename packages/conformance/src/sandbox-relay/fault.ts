/**
 * A moment in an SMTP session.
 *
 * - `connect`: the TCP connection was accepted; nothing was said.
 * - `greeting`: the relay is about to send 220 (with implicit TLS: after the handshake).
 * - `tls-handshake`: the first bytes of the client's handshake arrived, implicit or after STARTTLS.
 * - `ehlo`: the first EHLO; with implicit TLS, too. `ehlo-after-tls`: any EHLO after STARTTLS.
 * - `auth`: the AUTH command. `auth-continuation`: any later line of the same exchange.
 * - `body`: `afterOctets` octets of content arrived. `end-of-data`: the final dot arrived.
 * - the others: the command of that name arrived.
 */
export type FaultPoint =
  | "connect"
  | "greeting"
  | "tls-handshake"
  | "ehlo"
  | "helo"
  | "starttls"
  | "ehlo-after-tls"
  | "auth"
  | "auth-continuation"
  | "mail-from"
  | "rcpt-to"
  | "data"
  | "body"
  | "end-of-data"
  | "rset"
  | "noop"
  | "quit";

/** Sends what it sends in pieces of `bytes` octets, one every `everyMs`. */
export interface Trickle {
  readonly everyMs: number;
  readonly bytes: number;
}

/** Each member of the union is one action; `delayMs` waits before it. */
export type FaultAction =
  /**
   * This reply (one or more complete lines) instead of acting; a 421 then closes. As a greeting, anything but 2xx refuses
   * the session: further commands get 503. In the body, the rest of the content is swallowed without another reply.
   */
  | {
      readonly reply: string;
      readonly trickle?: Trickle | undefined;
      readonly delayMs?: number | undefined;
    }
  /**
   * Acts, and writes exactly this (text as UTF-8) instead of the proper reply; the empty string is no reply at all. At `connect`
   * and `tls-handshake` the connection stays open and silent afterwards. In the body they come in addition.
   */
  | {
      readonly raw: string | Uint8Array;
      readonly trickle?: Trickle | undefined;
      readonly delayMs?: number | undefined;
    }
  /** The proper reply and this text, in one write. */
  | {
      readonly extra: string;
      readonly trickle?: Trickle | undefined;
      readonly delayMs?: number | undefined;
    }
  /**
   * Ends the TCP connection, by RST (`reset`, the default) or FIN (`end`).
   * - `before`: what arrived is neither processed nor answered.
   * - `after`: it is processed and answered first, except at `end-of-data`: there the message is captured and the reply
   *   withheld, which is the case that a client cannot decide.
   * - `after-reply`: it is processed and answered first, at `end-of-data` too.
   *
   * A client on Node before 24 takes a reset that comes right behind a reply for a FIN.
   */
  | {
      readonly drop: "before" | "after" | "after-reply";
      readonly with?: "reset" | "end" | undefined;
      readonly delayMs?: number | undefined;
    }
  /**
   * Never answers again and keeps the connection open. `before` (or true): what arrived is not processed. `after`: it is;
   * at `end-of-data` the message is captured.
   */
  | { readonly stall: true | "before" | "after"; readonly delayMs?: number | undefined }
  /** Only in the body: reads nothing more from the socket, so the client's writes block once the buffers are full. */
  | { readonly stopReading: true }
  /** The proper reply, in pieces. */
  | { readonly trickle: Trickle; readonly delayMs?: number | undefined }
  /** The proper reply, late. A client that talks before a late greeting gets 421. */
  | { readonly delayMs: number };

/** What goes wrong, and where. Of several faults at one point, the first that is still due applies. */
export interface Fault {
  readonly at: FaultPoint;
  readonly do: FaultAction;
  /** How often. Default: always. */
  readonly times?: number | undefined;
  /** How many passes of this point go well before. Default 0. */
  readonly skip?: number | undefined;
  /**
   * Only with `body`: how many octets of content come through first. Default 0, that is at the first octet. The server
   * holds back up to four octets to recognise the final dot, so a message needs to be a little longer than this.
   */
  readonly afterOctets?: number | undefined;
}
