import diagnosticsChannel from "node:diagnostics_channel";
import { Socket } from "node:net";

/** Every socket that this process dials from now on, in that order: the one to the relay comes before the relay's own. */
export function watchSockets(): Disposable & { readonly dialled: readonly Socket[] } {
  const dialled: Socket[] = [];
  const note = (dial: unknown) => {
    const { socket } = Object(dial);
    if (socket instanceof Socket) dialled.push(socket);
  };
  diagnosticsChannel.subscribe("net.client.socket", note);
  return { dialled, [Symbol.dispose]: () => diagnosticsChannel.unsubscribe("net.client.socket", note) };
}
