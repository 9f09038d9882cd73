import { beforeAll, describe, expect, test } from 'vitest';
import { addAttachment } from '../../lib/data/attachments.ts';
import type { Backend } from '../../lib/data/backend.ts';
import { type UploadJob, upload } from '../../lib/data/uploads.ts';
import { FailureError, failure } from '../../lib/model/failure.ts';
import { type ApiPerson, createChat, createInvite, signIn } from '../support/api-person.ts';
import { fileOf, someBytes } from '../support/files.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const MEGABYTE = 1024 * 1024;

let ana: ApiPerson;
let ben: ApiPerson;
let chatId: string;

beforeAll(async () => {
  [ana, ben] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben')]);
  chatId = await createChat(ana);
  const { token } = await createInvite(ana, chatId);
  await ben.client.functions.invoke('invite', { body: { action: 'redeem', token } });
});

/** A backend in somebody's name, whose every transfer `see` may look at and break. */
function backendOf({ client }: ApiPerson, see: (init: RequestInit) => void = () => {}): Backend {
  const token = async () => (await client.auth.getSession()).data.session?.access_token ?? null;
  return {
    client: client as unknown as Backend['client'],
    tokens: { current: token, renew: token },
    presentToken: async () => {},
    async transfer(path, init) {
      see(init);
      const headers = new Headers(init.headers);
      headers.set('apikey', stack.publishableKey);
      headers.set('authorization', `Bearer ${await token()}`);
      return fetch(new URL(path, stack.url), { ...init, headers });
    },
  };
}

async function announce(person: ApiPerson, size: number): Promise<UploadJob> {
  const file = { ...fileOf(someBytes(1)), size };
  await addAttachment(backendOf(person), chatId, file);
  return {
    ...{ bucket: 'attachments', path: `${chatId}/${file.id}`, contentType: file.contentType, size, url: null },
  };
}

function handlersOf(bytes: Uint8Array<ArrayBuffer>) {
  const seen = { url: '', sent: [] as number[] };
  const handlers = {
    read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
    onBegin(url: string) {
      seen.url = url;
    },
    onProgress: (sent: number) => void seen.sent.push(sent),
    signal: AbortSignal.timeout(60_000),
  };
  return { seen, handlers };
}

const stored = async ({ path }: UploadJob) => {
  const { data } = await ana.client.storage.from('attachments').download(path);
  return data === null ? null : new Uint8Array(await data.arrayBuffer());
};
const patch = (url: string, offset: number, body: BodyInit, who = ana) =>
  backendOf(who).transfer(url, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body,
  });
const offsetOf = async (url: string, who = ana) => {
  const response = await backendOf(who).transfer(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
  return response.ok ? Number(response.headers.get('upload-offset')) : response.status;
};

describe('[MSG9] uploads in parts', () => {
  test('go on where they broke off, without sending a part again', async () => {
    const bytes = someBytes(13 * MEGABYTE);
    const job = await announce(ana, bytes.length);
    let parts = 0;
    const fragile = backendOf(ana, ({ method }) => {
      if (method === 'PATCH' && ++parts === 2) throw new FailureError(failure('unreachable'));
    });
    const first = handlersOf(bytes);
    await expect(upload(fragile, job, first.handlers)).rejects.toMatchObject({ failure: { code: 'unreachable' } });
    expect(await stored(job)).toBeNull();
    const second = handlersOf(bytes);
    await upload(backendOf(ana), { ...job, url: first.seen.url }, second.handlers);
    expect(second.seen.sent[0]).toBe(6 * MEGABYTE);
    expect(await stored(job)).toEqual(bytes);
  });

  test('begin anew when the server does not know the address any more, and end when the object is there', async () => {
    const bytes = someBytes(1_000);
    const job = await announce(ana, bytes.length);
    const gone = '/storage/v1/upload/resumable/00000000-0000-4000-8000-000000000000';
    await upload(backendOf(ana), { ...job, url: gone }, handlersOf(bytes).handlers);
    await upload(backendOf(ana), job, handlersOf(someBytes(999)).handlers);
    expect(await stored(job)).toEqual(bytes);
  });

  test('keep what came of a part that was cut, and take a part only where the last one ended', async () => {
    const bytes = someBytes(1_000);
    const job = await announce(ana, bytes.length);
    const { seen, handlers } = handlersOf(bytes);
    const begins = backendOf(ana, ({ method }) => {
      if (method === 'PATCH') throw new FailureError(failure('unreachable'));
    });
    await upload(begins, job, handlers).catch(() => {});
    expect(await patch(seen.url, 0, bytes.slice(0, 400))).toMatchObject({ status: 204 });
    expect(await patch(seen.url, 0, bytes.slice(0, 400))).toMatchObject({ status: 409 });
    expect(await offsetOf(seen.url)).toBe(400);
    // More than was announced is cut off.
    expect(await patch(seen.url, 400, new Uint8Array([...bytes.slice(400), 1, 2, 3]))).toMatchObject({ status: 204 });
    expect(await stored(job)).toEqual(bytes);
  });

  test('are the business of whoever began them, and of nobody who may not put the object there', async () => {
    const bytes = someBytes(1_000);
    const job = await announce(ana, bytes.length);
    const { seen, handlers } = handlersOf(bytes);
    await expect(upload(backendOf(ben), job, handlers)).rejects.toMatchObject({ failure: { code: 'file_missing' } });
    const begins = backendOf(ana, ({ method }) => {
      if (method === 'PATCH') throw new FailureError(failure('unreachable'));
    });
    await upload(begins, job, handlers).catch(() => {});
    expect(await offsetOf(seen.url, ben)).toBe(404);
    expect(await patch(seen.url, 0, bytes, ben)).toMatchObject({ status: 404 });
    await ana.client.rpc('discard_attachment', { p_attachment: job.path.slice(37) });
    expect(await patch(seen.url, 0, bytes)).toMatchObject({ status: 403 });
  });

  test('of more than the limit do not begin', async () => {
    const job = await announce(ana, 1_000);
    const large = { ...job, size: 25 * MEGABYTE + 1 };
    const { handlers } = handlersOf(someBytes(10));
    await expect(upload(backendOf(ana), large, handlers)).rejects.toMatchObject({
      failure: { code: 'file_too_large' },
    });
  });
});
