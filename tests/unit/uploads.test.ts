import { expect, test } from 'vitest';
import type { Backend } from '../../lib/data/backend.ts';
import { type UploadHandlers, upload } from '../../lib/data/uploads.ts';

const SIZE = 10;
const JOB = { bucket: 'attachments', path: 'chat/file', contentType: 'a/b', size: SIZE, url: null };

/** A storage server that ends, or takes its time, between the last byte of an upload and its object. */
function serveSlowly() {
  const server = { offset: 0, isStored: false, uploads: 0 };
  const answer = (status: number, body: string | null = null) =>
    new Response(body, {
      status,
      headers: { 'upload-offset': String(server.offset), location: `/u/${server.uploads}` },
    });
  const begin = (): Response => {
    if (server.isStored) return answer(409, 'Duplicate');
    server.offset = 0;
    server.uploads++;
    return answer(201);
  };
  const transfer = async (_: string, { method }: RequestInit): Promise<Response> => {
    if (method === 'POST') return begin();
    if (method === 'HEAD') return answer(200);
    if (server.offset === SIZE) return answer(409);
    server.offset = SIZE;
    server.isStored = true;
    return answer(204);
  };
  return { server, backend: { transfer } as Pick<Backend, 'transfer'> as Backend };
}

const handlers: UploadHandlers = {
  read: async (offset, length) => new Uint8Array(SIZE).slice(offset, offset + length),
  onBegin() {},
  onProgress() {},
  signal: new AbortController().signal,
};

test('[MSG9] bytes that all came are no file yet: without its object it is uploaded again', async () => {
  const { server, backend } = serveSlowly();
  server.offset = SIZE;
  await upload(backend, { ...JOB, url: '/u/0' }, handlers);
  expect(server).toEqual({ offset: SIZE, isStored: true, uploads: 1 });
});

test('[MSG9] bytes that all came, with their object, are a file', async () => {
  const { server, backend } = serveSlowly();
  Object.assign(server, { offset: SIZE, isStored: true });
  await upload(backend, { ...JOB, url: '/u/0' }, handlers);
  expect(server.uploads).toBe(0);
});

test('[MSG9] a file that an earlier request is just about to end is asked for again, not taken for there', async () => {
  const { server, backend } = serveSlowly();
  const slow = {
    ...backend,
    async transfer(path: string, init: RequestInit) {
      // The earlier request's bytes come in between.
      if (init.method === 'PATCH') server.offset = SIZE;
      return backend.transfer(path, init);
    },
  };
  await expect(upload(slow, { ...JOB, url: '/u/0' }, handlers)).rejects.toMatchObject({
    failure: { code: 'unreachable' },
  });
  server.isStored = true;
  await upload(backend, { ...JOB, url: '/u/0' }, handlers);
});
