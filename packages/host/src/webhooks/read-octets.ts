/** A body, or as much of it as shows that it is too large. */
export async function readOctets(request: Request, maxBytes: number): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (reader && length <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  // Not awaited: a sender that never ends would hold the answer back.
  if (length > maxBytes) reader?.cancel().catch(() => {});
  const octets = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    octets.set(chunk, position);
    position += chunk.length;
  }
  return octets;
}
