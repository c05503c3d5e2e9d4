export interface SinkSessionOptions {
  /** Announced after EHLO. */
  readonly extensions: readonly string[];
  readonly keepsContent: boolean;
  /** Called at each end of content; with the content, dots taken out again, if it is kept. */
  readonly onMessage: (content: Buffer | undefined) => void;
}

export interface SinkAnswer {
  /** What to write. Empty: nothing yet. */
  readonly text: string;
  /** What becomes of the connection once that is written. */
  readonly next: "read" | "encrypt" | "close";
}

const endOfContent = Buffer.from("\r\n.\r\n");
const reach = endOfContent.length - 1;

/**
 * One SMTP session that says yes to everything. Content is searched natively and all answers to one chunk are one
 * text: it has to be cheaper than every client that is measured against it.
 */
export function createSinkSession(options: SinkSessionOptions): (chunk: Buffer) => SinkAnswer {
  /** A command whose line has not ended. */
  let unfinished: Buffer | undefined;
  /** The last bytes of the content so far, in which its end may begin. Undefined between messages. */
  let tail: Buffer | undefined;
  let kept: Buffer[] = [];
  let count = 0;

  /** Takes content up to its end, and tells where that is; undefined when it goes on after this chunk. */
  function takeContent(chunk: Buffer, start: number, before: Buffer): number | undefined {
    const seam = Buffer.concat([before, chunk.subarray(start, start + reach)]);
    const inSeam = seam.indexOf(endOfContent);
    const found = inSeam >= 0 ? start + inSeam - before.length : chunk.indexOf(endOfContent, start);
    const ends = inSeam >= 0 || found >= 0;
    const end = ends ? found + endOfContent.length : chunk.length;
    if (options.keepsContent) kept.push(chunk.subarray(start, end));
    if (!ends) {
      tail = end - start < reach ? seam.subarray(-reach) : chunk.subarray(-reach);
      return undefined;
    }
    tail = undefined;
    options.onMessage(options.keepsContent ? withoutDots(Buffer.concat(kept)) : undefined);
    kept = [];
    return end;
  }

  function answer(line: string): string {
    switch (line.slice(0, 4).toUpperCase()) {
      case "MAIL":
      case "RCPT":
      case "RSET":
      case "NOOP":
        return "250 2.0.0 Ok\r\n";
      case "DATA":
        // As if after a line end, so that empty content ends as well.
        tail = Buffer.from("\r\n");
        return "354 End data with <CR><LF>.<CR><LF>\r\n";
      case "EHLO":
        return ["sink.example.test", ...options.extensions]
          .map((text, index, lines) => `250${index === lines.length - 1 ? " " : "-"}${text}\r\n`)
          .join("");
      case "HELO":
        return "250 sink.example.test\r\n";
      case "AUTH":
        return "235 2.7.0 Accepted\r\n";
      case "STAR":
        return "220 2.0.0 Ready to start TLS\r\n";
      case "QUIT":
        return "221 2.0.0 Bye\r\n";
      default:
        return "500 5.5.2 Unknown command\r\n";
    }
  }

  return (received) => {
    const chunk = unfinished === undefined ? received : Buffer.concat([unfinished, received]);
    unfinished = undefined;
    let text = "";
    for (let at = 0; at < chunk.length; ) {
      if (tail !== undefined) {
        const end = takeContent(chunk, at, tail);
        if (end === undefined) break;
        text += `250 2.0.0 Ok: queued as ${++count}\r\n`;
        at = end;
        continue;
      }
      const end = chunk.indexOf("\n", at);
      if (end === -1) {
        unfinished = chunk.subarray(at);
        break;
      }
      const line = chunk.toString("latin1", at, end);
      at = end + 1;
      text += answer(line);
      // What a client sent behind these is dropped: it may not send anything before the answer.
      if (/^STARTTLS/i.test(line)) return { text, next: "encrypt" };
      if (/^QUIT/i.test(line)) return { text, next: "close" };
    }
    return { text, next: "read" };
  };
}

/** Without the final dot, and without those that were put before others (RFC 5321 section 4.5.2). */
function withoutDots(raw: Buffer): Buffer {
  const text = `\r\n${raw.subarray(0, -3).toString("latin1")}`;
  return Buffer.from(text.replaceAll("\r\n.", "\r\n").slice(2), "latin1");
}
