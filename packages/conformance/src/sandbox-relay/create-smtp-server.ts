import type { TlsOptions } from "node:tls";
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from "smtp-server";
import { relayCertificate } from "./relay-certificate.js";
import type { SandboxRelayOptions } from "./sandbox-relay-options.js";

type Done = (error?: Error | null) => void;

/** What one connection does about the server's questions. */
interface SessionHandlers {
  authenticated(user: string): void;
  onSecure(proceed: Done): void;
  onSender(address: SMTPServerAddress, done: Done): void;
  onRecipient(address: SMTPServerAddress, done: Done): void;
  onContent(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null, reply?: string) => void,
  ): void;
}

export type Sessions = WeakMap<SMTPServerSession, SessionHandlers>;

const defaultSize = 25 * 1024 * 1024;
/** The longest that a timer can take: a sandbox relay ends no connection by itself. */
const neverMs = 2 ** 31 - 1;

/** The protocol engine. It never listens: connections are handed to it one by one. */
export function createSmtpServer(
  options: SandboxRelayOptions,
  users: Readonly<Record<string, string>>,
  sessions: Sessions,
): SMTPServer {
  const {
    extensions = {},
    authentication = "required",
    acceptsEverything = false,
    tls = "starttls",
  } = options;
  const handlersOf = (session: SMTPServerSession): SessionHandlers => {
    const handlers = sessions.get(session);
    if (!handlers) throw new Error("This session is not one of the relay's.");
    return handlers;
  };

  return new SMTPServer({
    ...tlsOptions(options),
    secure: tls === "implicit",
    name: options.name ?? "sandbox-relay.test",
    logger: false,
    disableReverseLookup: true,
    socketTimeout: neverMs,
    maxAllowedUnauthenticatedCommands: false,
    authOptional: authentication === "optional" || acceptsEverything,
    authMethods: [...(options.mechanisms ?? ["PLAIN", "LOGIN"])],
    // Whether AUTH is allowed outside TLS is decided in smtp-session.ts, where STARTTLS may be missing too.
    allowInsecureAuth: true,
    disabledCommands: [
      ...(authentication === "not_offered" ? ["AUTH"] : []),
      ...(tls !== "starttls" || options.starttls === "not_offered" ? ["STARTTLS"] : []),
    ],
    ...(extensions.size !== false && { size: extensions.size ?? defaultSize, rejectOversized: true }),
    hidePIPELINING: extensions.pipelining === false,
    hide8BITMIME: extensions.eightBitMime === false,
    hideSMTPUTF8: extensions.smtputf8 === false,
    hideDSN: extensions.dsn === false,
    hideENHANCEDSTATUSCODES: extensions.enhancedStatusCodes === false,

    onAuth: (attempt, session, done) => {
      const { username = "" } = attempt;
      const expected = users[username];
      const given = attempt.method === "XOAUTH2" ? attempt.accessToken : attempt.password;
      if (expected === undefined || given !== expected) return done(null, {});
      handlersOf(session).authenticated(username);
      return done(null, { user: username });
    },
    onSecure: (_socket, session, done) => handlersOf(session).onSecure(done),
    onMailFrom: (address, session, done) => handlersOf(session).onSender(address, done),
    onRcptTo: (address, session, done) => handlersOf(session).onRecipient(address, done),
    onData: (stream, session, done) => handlersOf(session).onContent(stream, session, done),
  });
}

function tlsOptions(options: SandboxRelayOptions): TlsOptions {
  const { certificate = "valid", maximumTlsVersion = "TLSv1.3" } = options;
  const { minimumTlsVersion = maximumTlsVersion < "TLSv1.2" ? maximumTlsVersion : "TLSv1.2" } = options;
  const issued =
    typeof certificate === "string"
      ? relayCertificate(certificate, options.certificateNames ?? [])
      : certificate;
  return {
    cert: issued.certificate,
    key: issued.key,
    minVersion: minimumTlsVersion,
    maxVersion: maximumTlsVersion,
    // OpenSSL 3 puts SHA-1 signatures, and with them TLS before 1.2, below its default security level.
    ...(minimumTlsVersion < "TLSv1.2" && { ciphers: "DEFAULT@SECLEVEL=0" }),
  };
}
