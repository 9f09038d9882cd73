import { FailureError, failure } from '../model/failure.ts';
import type { Backend } from './backend.ts';
import { classifyStatus } from './classify.ts';

/** What is uploaded, and where to. */
export interface UploadJob {
  readonly bucket: string;
  readonly path: string;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  /** Where an earlier try stopped; null: there was none. */
  readonly url: string | null;
}

export interface UploadHandlers {
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The upload has begun; with this address it can go on later. */
  onBegin(url: string): void;
  onProgress(sent: number): void;
  readonly signal: AbortSignal;
}

/** The size of all parts but the last that the hosted service asks for. */
const PART = 6 * 1024 * 1024;
const TUS = { 'tus-resumable': '1.0.0' };
const ENDPOINT = '/storage/v1/upload/resumable';

/**
 * Uploads by the TUS protocol: one that broke off goes on where it stopped. An object that is there already is taken for this one.
 * Fails with `file_missing` (no right to the path), `file_too_large`, `unreachable` and `signed_out`.
 */
export async function upload(backend: Backend, job: UploadJob, handlers: UploadHandlers): Promise<void> {
  const { size } = job;
  const { signal } = handlers;
  const begun = job.url === null ? null : await offsetOf(backend, job.url, signal);
  // All bytes may have come, and the object not have followed: only a new beginning tells.
  const goesOn = begun !== null && begun < size;
  let url = goesOn ? job.url : null;
  let offset = goesOn ? begun : 0;
  if (url === null) {
    url = await begin(backend, job, signal);
    if (url === null) return;
    handlers.onBegin(url);
  }
  handlers.onProgress(offset);
  while (offset < size) {
    const bytes = await handlers.read(offset, Math.min(PART, size - offset));
    if (bytes.length === 0) throw new FailureError(failure('file_missing'));
    const headers = { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
    const response = await backend.transfer(url, { method: 'PATCH', headers, body: bytes, signal });
    const next = response.ok ? readOffset(response) : await offsetAfter(backend, { ...job, url }, response, signal);
    // A server that takes nothing would be asked for ever.
    if (next === null || next <= offset) throw new FailureError(failure('unreachable'));
    offset = next;
    handlers.onProgress(offset);
  }
}

/** The upload's address; null when the object is there already. */
async function begin(backend: Backend, job: UploadJob, signal: AbortSignal): Promise<string | null> {
  const metadata = { bucketName: job.bucket, objectName: job.path, contentType: job.contentType };
  const pairs = Object.entries(metadata).map(([name, value]) => `${name} ${btoa(value)}`);
  const headers = { ...TUS, 'upload-length': String(job.size), 'upload-metadata': pairs.join(), 'x-upsert': 'false' };
  const response = await backend.transfer(ENDPOINT, { method: 'POST', headers, signal });
  if (await isTaken(response)) return null;
  const location = response.headers.get('location');
  if (!response.ok || location === null) throw new FailureError(classifyRefusal(response.status));
  // Below the address that this hub knows, whatever the server believes to be called.
  const { pathname, search } = new URL(location, 'https://any.example');
  return `${pathname}${search}`;
}

/** How much of an upload the server has; null when it does not know of it any more. */
async function offsetOf(backend: Backend, url: string, signal: AbortSignal): Promise<number | null> {
  const response = await backend.transfer(url, { method: 'HEAD', headers: TUS, signal });
  if (response.ok) return readOffset(response);
  if (response.status === 401) throw new FailureError(failure('signed_out'));
  return null;
}

/** Where to go on after a part that was refused: another try may have been faster. Null: it is just about to end. */
async function offsetAfter(
  backend: Backend,
  { url, size }: Pick<UploadJob, 'size'> & { readonly url: string },
  response: Response,
  signal: AbortSignal,
): Promise<number | null> {
  if (await namesDuplicate(response)) return size;
  if (response.status !== 409) throw new FailureError(classifyRefusal(response.status));
  const offset = await offsetOf(backend, url, signal);
  return offset === size ? null : offset;
}

async function isTaken(response: Response): Promise<boolean> {
  if (response.ok || response.status === 401) return false;
  return response.status === 409 || namesDuplicate(response);
}

/** Whether an answer says that the object is there. */
async function namesDuplicate(response: Response): Promise<boolean> {
  const text = await response.clone().text();
  return text.includes('already exists') || text.includes('Duplicate');
}

function readOffset(response: Response): number | null {
  const offset = Number(response.headers.get('upload-offset') ?? Number.NaN);
  return Number.isSafeInteger(offset) ? offset : null;
}

function classifyRefusal(status: number) {
  if (status === 413) return failure('file_too_large');
  return status === 400 || status === 403 || status === 404 ? failure('file_missing') : classifyStatus(status);
}
