/** The whole body, or null when it is larger than that. A refused body is cancelled, so that its connection can be used again. */
export async function readBody(request: Request, largest: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > largest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
