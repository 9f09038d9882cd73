import { fileTypeFromBlob } from 'file-type';

/** How much of a file is looked at for whether it is text. */
const HEAD = 4_096;

/** What a file is by its bytes, whatever it is called. */
export async function sniff(file: Blob): Promise<string> {
  const found = await fileTypeFromBlob(file).catch(() => undefined);
  if (found !== undefined) return found.mime;
  return (await isText(file)) ? 'text/plain' : 'application/octet-stream';
}

async function isText(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  if (head.includes(0)) return false;
  try {
    // A character may be cut at the end.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: file.size > HEAD });
    return true;
  } catch {
    return false;
  }
}
