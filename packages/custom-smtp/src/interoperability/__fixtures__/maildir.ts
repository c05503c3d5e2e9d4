import { chown, mkdir, readdir, readFile, watch } from "node:fs/promises";
import { join } from "node:path";

const waitTimeoutMs = 20_000;

/** A Maildir mailbox (https://cr.yp.to/proto/maildir.html): one file per message, moved into `new` when complete. */
export interface Maildir {
  messages(): Promise<Uint8Array[]>;
  /** The first message that holds this text in its head; waits until it has arrived. */
  messageWith(text: string): Promise<Uint8Array>;
}

/** Makes the folders, so that they can be watched before the first delivery. */
export async function createMaildir(folder: string, owner: number): Promise<Maildir> {
  await mkdir(folder, { recursive: true });
  for (const part of [".", "new", "cur", "tmp"]) {
    await mkdir(join(folder, part), { recursive: true });
    await chown(join(folder, part), owner, owner);
  }
  const arrived = join(folder, "new");
  const read = async (name: string): Promise<Uint8Array> => readFile(join(arrived, name));
  const find = async (text: string): Promise<Uint8Array | undefined> => {
    for (const name of await readdir(arrived)) {
      const message = await read(name);
      if (headOf(message).includes(text)) return message;
    }
    return undefined;
  };

  return {
    async messages() {
      return Promise.all((await readdir(arrived)).map(read));
    },
    async messageWith(text) {
      const stop = new AbortController();
      const timeout = setTimeout(() => stop.abort(), waitTimeoutMs);
      // The watch begins before the first look, so that no arrival falls between the two.
      const arrivals = watch(arrived, { signal: stop.signal });
      const iterator = arrivals[Symbol.asyncIterator]();
      let next = iterator.next();
      try {
        for (;;) {
          const message = await find(text);
          if (message !== undefined) return message;
          await next;
          next = iterator.next();
        }
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        throw new Error(`No message with ${text} arrived in ${arrived} within ${waitTimeoutMs} ms`);
      } finally {
        clearTimeout(timeout);
        next.catch(() => undefined);
        stop.abort();
      }
    },
  };
}

function headOf(message: Uint8Array): string {
  const head = Buffer.from(message.buffer, message.byteOffset, Math.min(message.byteLength, 65_536));
  return head.toString("utf8");
}
