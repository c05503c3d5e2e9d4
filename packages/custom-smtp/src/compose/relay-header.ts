/** A header field of the relay's own. A list, because some relays take the same field several times. */
export type RelayHeader = readonly [name: string, value: string];
