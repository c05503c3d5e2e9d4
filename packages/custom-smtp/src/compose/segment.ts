/** A part of a message: a text goes out as it is, octets as lines of base64. */
export type Segment = string | Buffer;
