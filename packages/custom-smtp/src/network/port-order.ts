/** The ports of one relay, in the order in which they are tried. */
export interface PortOrder {
  readonly ports: readonly number[];
  /** From now on this one comes first: what closes a port closes it for every connection. */
  onReached(port: number): void;
}

export function createPortOrder(given: readonly number[]): PortOrder {
  let ports = given;
  return {
    get ports() {
      return ports;
    },
    onReached(port) {
      if (port !== ports[0]) ports = [port, ...given.filter((other) => other !== port)];
    },
  };
}
