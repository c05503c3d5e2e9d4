import { Socket } from "node:net";

/**
 * A socket that passes everything on to a TCP socket. TLS on a real `net.Socket` takes over its handle, and then nobody
 * sees the octets of the TCP stream any more; on a socket without a handle it reads and writes through JavaScript, so the
 * TCP socket below can be recorded, reset and paused whatever runs on top.
 */
export class RecordedSocket extends Socket {
  readonly transport: Socket;

  constructor(transport: Socket) {
    super();
    this.transport = transport;
    this.on("error", () => undefined);
    transport.on("data", (chunk: Buffer) => this.push(chunk));
    transport.on("end", () => this.push(null));
    transport.on("close", () => this.destroy());
  }

  /** To be called when TLS was put on top: a TLS socket takes one below without a handle for one that still connects. */
  startTls(): void {
    this.emit("connect");
  }

  override _read(): void {
    // The transport always flows: a relay that stopped reading would not notice the client leave.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    // What cannot be written any more is lost, as on any dead connection; that is no error of the relay.
    if (this.transport.writable) this.transport.write(chunk, () => callback());
    else callback();
  }

  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    callback: (error?: Error | null) => void,
  ): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => Buffer.from(chunk))), "utf8", callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.transport.end(() => callback());
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.transport.destroy();
    super._destroy(error, callback);
  }
}
