/** A part of a message: an ASCII text with \n as line end, or octets that go out as lines of base64. */
export type Segment = string | Buffer;
