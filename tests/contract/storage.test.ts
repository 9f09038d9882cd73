import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusesToken } from '../../lib/data/fetch.ts';
import { newId } from '../../lib/model/ids.ts';
import { type ApiPerson, createChat, createInvite, rpc, signIn, stranger } from '../support/api-person.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const service: SupabaseClient = createClient(stack.url, stack.secretKey, { auth: { persistSession: false } });
const PICTURE = new Uint8Array(1_000).fill(7);
const PNG = { contentType: 'image/png' };

let ana: ApiPerson;
let ben: ApiPerson;
let outsider: ApiPerson;

beforeAll(async () => {
  [ana, ben, outsider] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben'), signIn(stack, 'Olaf')]);
  const { token } = await createInvite(ana, await createChat(ana));
  const { error } = await ben.client.functions.invoke('invite', { body: { action: 'redeem', token } });
  if (error) throw error;
});

const avatars = ({ client }: Pick<ApiPerson, 'client'>) => client.storage.from('avatars');

/** A picture of the person's own; its path. */
async function upload(person: ApiPerson, body: Uint8Array | Blob = PICTURE): Promise<string> {
  const { data, error } = await avatars(person).upload(`${person.id}/${newId()}.png`, body, PNG);
  if (error) throw error;
  return data.path;
}

async function bytesOf(blob: Blob | null): Promise<Uint8Array | null> {
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
}

describe('[INV8] profile pictures', () => {
  test('come back as they went in, whether sent as bytes, Blob or File', async () => {
    const blob = new Blob([PICTURE], { type: 'image/png' });
    for (const body of [PICTURE, blob, new File([PICTURE], 'me.png', { type: 'image/png' })]) {
      const { data } = await avatars(ana).download(await upload(ana, body));
      expect(data?.type).toBe('image/png');
      expect(await bytesOf(data)).toEqual(PICTURE);
    }
  });

  test('are seen by those who share a chat, and by nobody else', async () => {
    const path = await upload(ana);
    expect((await avatars(ben).download(path)).error).toBeNull();
    for (const person of [outsider, stranger(stack)]) {
      expect((await avatars(person).download(path)).error).toMatchObject({ status: 400, statusCode: '404' });
      expect((await avatars(person).createSignedUrl(path, 60)).error).toMatchObject({ statusCode: '404' });
      expect((await avatars(person).exists(path)).data).toBe(false);
      expect((await avatars(person).list(ana.id)).data).toEqual([]);
    }
  });

  test('vanish for a member who was removed', async () => {
    const [owner, guest] = await Promise.all([signIn(stack, 'Owner'), signIn(stack, 'Guest')]);
    const chat = await createChat(owner);
    const { token } = await createInvite(owner, chat);
    await guest.client.functions.invoke('invite', { body: { action: 'redeem', token } });
    const path = await upload(owner);
    expect((await avatars(guest).download(path)).error).toBeNull();
    await rpc(owner, 'remove_member', { p_chat: chat, p_user: guest.id });
    expect((await avatars(guest).download(path)).error).toMatchObject({ statusCode: '404' });
  });

  test('are put under one’s own name only', async () => {
    for (const person of [ben, stranger(stack)]) {
      const { error } = await avatars(person).upload(`${ana.id}/${newId()}.png`, PICTURE, PNG);
      expect(error).toMatchObject({ statusCode: '403', message: 'new row violates row-level security policy' });
    }
  });

  test('are removed by their owner only', async () => {
    const path = await upload(ana);
    expect((await avatars(ben).remove([path])).data).toEqual([]);
    expect((await avatars(ben).download(path)).error).toBeNull();
    expect((await avatars(ana).remove([path])).data?.map((object) => object.name)).toEqual([path]);
    expect((await avatars(ana).download(path)).error).toMatchObject({ statusCode: '404' });
  });

  test('are never written over: there is no policy for it', async () => {
    const path = await upload(ana);
    expect((await avatars(ana).upload(path, PICTURE, PNG)).error).toMatchObject({ statusCode: '409' });
    expect((await avatars(ana).upload(path, PICTURE, { ...PNG, upsert: true })).error).toMatchObject({
      statusCode: '403',
    });
    expect((await avatars(ana).update(path, PICTURE, PNG)).error).toMatchObject({ statusCode: '403' });
    expect((await avatars(ana).move(path, `${ana.id}/x.png`)).error).not.toBeNull();
  });

  test.each([
    ['too large', new Uint8Array(262_145), PNG, '413'],
    ['too large, as a form', new Blob([new Uint8Array(262_145)], { type: 'image/png' }), PNG, '413'],
    ['far too large', new Uint8Array(20_000_000), PNG, '413'],
    ['of another type', PICTURE, { contentType: 'text/html' }, '415'],
    ['of another type, as a form', new Blob(['<b>'], { type: 'image/svg+xml' }), {}, '415'],
  ])('are refused when %s, and leave nothing behind', async (_name, body, options, statusCode) => {
    const path = `${ana.id}/${newId()}.png`;
    expect((await avatars(ana).upload(path, body, options)).error).toMatchObject({ statusCode });
    expect((await avatars(ana).exists(path)).data).toBe(false);
  });

  test('of the largest size fit', async () => {
    expect(await upload(ana, new Uint8Array(262_144))).toBeTruthy();
  });
});

describe('signed URLs', () => {
  test('open one object for whoever holds them, whole or in part', async () => {
    const path = await upload(ana);
    const { data } = await avatars(ben).createSignedUrl(path, 60, { download: 'me.png' });
    const url = data?.signedUrl ?? '';
    const whole = await fetch(url);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-disposition')).toContain('attachment');
    expect(await bytesOf(await whole.blob())).toEqual(PICTURE);
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/1000']);
    expect((await part.arrayBuffer()).byteLength).toBe(10);
    const other = await upload(ana);
    expect((await fetch(url.replace(path, other))).status).toBe(400);
    expect((await fetch(url.replace(/token=[^&]+/, 'token=x'))).status).toBe(400);
  });

  test('are made for many at once, with an error for each that the caller may not see', async () => {
    const [path, hidden] = [await upload(ana), await upload(outsider)];
    const { data } = await avatars(ana).createSignedUrls([path, hidden], 60);
    expect(data?.map((entry) => [entry.path, entry.error === null])).toEqual([
      [path, true],
      [hidden, false],
    ]);
    expect((await fetch(data?.[0]?.signedUrl ?? '')).status).toBe(200);
  });

  test('for uploads let one object in, once', async () => {
    const path = `${ana.id}/${newId()}.png`;
    const { data } = await avatars(ana).createSignedUploadUrl(path);
    const token = data?.token ?? '';
    const blob = new Blob([PICTURE], { type: 'image/png' });
    const anyone = avatars(stranger(stack));
    expect((await anyone.uploadToSignedUrl(`${ana.id}/other.png`, token, blob)).error).toMatchObject({ status: 400 });
    expect((await anyone.uploadToSignedUrl(path, token, blob)).error).toBeNull();
    expect((await anyone.uploadToSignedUrl(path, token, blob)).error).toMatchObject({ statusCode: '409' });
    expect((await avatars(ana).info(path)).data).toMatchObject({ size: 1_000, contentType: 'image/png' });
    expect((await avatars(ben).createSignedUploadUrl(`${ana.id}/${newId()}.png`)).error).toMatchObject({
      statusCode: '403',
    });
  });
});

describe('a public bucket', () => {
  const bucket = `contract-${newId()}`;
  const files = service.storage.from(bucket);
  const urlOf = (path: string) => files.getPublicUrl(path).data.publicUrl;

  beforeAll(async () => {
    const { error } = await service.storage.createBucket(bucket, { public: true, fileSizeLimit: 100_000 });
    if (error) throw error;
  });

  afterAll(async () => {
    await service.storage.emptyBucket(bucket);
    await service.storage.deleteBucket(bucket);
  });

  test('is read by everybody by URL, and written by nobody without a policy', async () => {
    await files.upload('a/one.txt', 'eins', { contentType: 'text/plain' });
    const response = await fetch(urlOf('a/one.txt'));
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['text/plain', 'eins']);
    const { error } = await ana.client.storage.from(bucket).upload('a/two.txt', 'x', { contentType: 'text/plain' });
    expect(error).toMatchObject({ statusCode: '403' });
    expect((await fetch(urlOf('a/two.txt'))).status).toBe(400);
  });

  test('is kept by the service alone', async () => {
    expect((await service.storage.getBucket(bucket)).data).toMatchObject({
      id: bucket,
      public: true,
      file_size_limit: 100_000,
    });
    expect((await service.storage.listBuckets()).data?.map((entry) => entry.id)).toEqual(
      expect.arrayContaining(['avatars', bucket]),
    );
    expect((await ana.client.storage.listBuckets()).data).toEqual([]);
    expect((await ana.client.storage.getBucket(bucket)).error).toMatchObject({ statusCode: '404' });
    expect((await ana.client.storage.createBucket('mine')).error).toMatchObject({ statusCode: '403' });
    expect((await service.storage.deleteBucket('avatars-of-nobody')).error).toMatchObject({ statusCode: '404' });
  });

  test('answers again only what changed', async () => {
    await files.upload('b/page.txt', 'first', { contentType: 'text/plain' });
    const etag = (await fetch(urlOf('b/page.txt'))).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]+"$/);
    expect((await fetch(urlOf('b/page.txt'), { headers: { 'if-none-match': etag } })).status).toBe(304);
    await files.upload('b/page.txt', 'second', { contentType: 'text/plain', upsert: true });
    const changed = await fetch(urlOf('b/page.txt'), { headers: { 'if-none-match': etag } });
    expect([changed.status, await changed.text()]).toEqual([200, 'second']);
  });

  test('copies, moves and lists', async () => {
    await files.upload('c/deep/one.txt', 'eins', { contentType: 'text/plain', metadata: { note: 'ä' } });
    expect((await files.copy('c/deep/one.txt', 'c/two.txt')).data).toEqual({ path: `${bucket}/c/two.txt` });
    expect((await files.move('c/two.txt', 'c/three.txt')).error).toBeNull();
    expect((await files.info('c/three.txt')).data?.metadata).toEqual({ note: 'ä' });
    expect((await files.exists('c/two.txt')).data).toBe(false);
    const { data } = await files.list('c');
    expect(data?.map((entry) => [entry.name, entry.id !== null])).toEqual([
      ['deep', false],
      ['three.txt', true],
    ]);
    expect((await files.list('c', { limit: 1, offset: 1 })).data?.map((entry) => entry.name)).toEqual(['three.txt']);
    expect((await files.list('c', { search: 'thr' })).data?.map((entry) => entry.name)).toEqual(['three.txt']);
  });

  test('is not deleted while it holds something', async () => {
    await files.upload('d.txt', 'x', { contentType: 'text/plain' });
    expect((await service.storage.deleteBucket(bucket)).error).not.toBeNull();
  });
});

test('a name that no file may have is refused', async () => {
  expect((await avatars(ana).upload(`${ana.id}/ü.png`, PICTURE, PNG)).error).toMatchObject({ code: 'InvalidKey' });
});

test('[MSG9] a refused token is told from a file that is not there, and from a policy', async () => {
  const { data } = await ana.client.auth.getSession();
  const token = data.session?.access_token ?? '';
  const ask = (method: 'GET' | 'POST', path: string, bearer: string) =>
    fetch(`${stack.url}/storage/v1/object/${path}`, {
      method,
      headers: { apikey: stack.publishableKey, authorization: `Bearer ${bearer}`, 'content-type': 'image/png' },
      ...(method === 'POST' ? { body: PICTURE } : {}),
    });
  const path = await upload(ana);
  const forged = await ask('GET', `authenticated/avatars/${path}`, `${token.slice(0, -4)}0000`);
  expect([forged.status, await refusesToken(forged)]).toEqual([400, true]);
  const gone = await ask('GET', `authenticated/avatars/${ana.id}/gone.png`, token);
  expect([gone.status, await refusesToken(gone)]).toEqual([400, false]);
  const foreign = await ask('POST', `avatars/${ben.id}/mine.png`, token);
  expect([foreign.status, await refusesToken(foreign)]).toEqual([400, false]);
});
