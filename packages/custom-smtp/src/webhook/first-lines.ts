/** The beginning of a text, as it is if it has no more lines than that. */
export function firstLines(octets: Uint8Array, count: number): Uint8Array {
  let end = -1;
  for (let line = 0; line < count; line++) {
    end = octets.indexOf(10, end + 1);
    if (end === -1) return octets;
  }
  return octets.subarray(0, end + 1);
}
