import { EmailError } from "@getfluxly/email-core";
import type { Extensions } from "./extensions.js";
import { Refusal } from "./refusal.js";
import { stepTimeoutsMs } from "./session-options.js";
import type { Wire } from "./wire.js";

/**
 * Logs in with PLAIN (RFC 4616) or else LOGIN, whichever the relay offers, and resolves only on 235. After a refusal
 * the other one is not tried: the credentials are the same, and some relays lock accounts.
 */
export async function authenticate(
  wire: Wire,
  extensions: Extensions,
  credentials: { readonly username: string; readonly password: string },
): Promise<void> {
  const { authentication } = extensions;
  if (authentication.has("PLAIN")) await authenticatePlain(wire, credentials);
  else if (authentication.has("LOGIN")) await authenticateLogin(wire, credentials);
  else throw unsupported(authentication);
}

async function authenticatePlain(wire: Wire, { username, password }: Credentials): Promise<void> {
  await expect(wire, `AUTH PLAIN ${toBase64(`\0${username}\0${password}`)}`, 235);
}

async function authenticateLogin(wire: Wire, { username, password }: Credentials): Promise<void> {
  await expect(wire, "AUTH LOGIN", 334);
  await expect(wire, toBase64(username), 334);
  await expect(wire, toBase64(password), 235);
}

type Credentials = Parameters<typeof authenticate>[2];

async function expect(wire: Wire, line: string, code: number): Promise<void> {
  wire.command(`${line}\r\n`);
  const reply = await wire.reply(stepTimeoutsMs.command);
  if (reply.code !== code) throw new Refusal(reply);
}

const toBase64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");

function unsupported(offered: ReadonlySet<string>): EmailError {
  const message =
    offered.size === 0
      ? "The relay offers no login on this connection, so the user name and password cannot be checked or used."
      : `The relay offers only ${[...offered].join(", ").slice(0, 200)} as login; AUTH PLAIN or AUTH LOGIN is needed.`;
  return new EmailError({
    code: "authentication-unsupported",
    message,
    stage: "auth",
    remedy:
      "Check the port and smtp_secure: many relays offer the login only on the ports for submission (587, 465, 2525).",
  });
}
