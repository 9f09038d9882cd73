import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { openDatabase } from '../../supabase/local/storage/database.ts';
import { StorageFailure } from '../../supabase/local/storage/failure.ts';
import { openFiles } from '../../supabase/local/storage/files.ts';
import { createStorage } from '../../supabase/local/storage/server.ts';
import { sweepOrphans } from '../../supabase/local/storage/sweep.ts';
import { describeBytes, pointAt } from '../../supabase/local/storage/upload.ts';
import { temporaryFolder } from '../support/folders.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';

const { sql, adminUrl } = await useDatabase();
const folder = temporaryFolder();
const jwtSecret = 'a secret for the tests of the storage server';
const lines: string[] = [];
const storage = createStorage({
  adminUrl,
  dataDir: folder.path,
  jwtSecret,
  publishableKey: 'sb_publishable_x',
  secretKey: 'sb_secret_x',
  log: (line) => lines.push(line),
});
const ana = await createPerson(sql, 'ana');
await sql`insert into storage.buckets (id, name, public) values ('open', 'open', true)`;

afterAll(async () => {
  await storage.stop();
  folder.remove();
});

const sign = (claims: Record<string, unknown>) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwtSecret));
const asAna = async () => ({ authorization: `Bearer ${await sign({ role: 'authenticated', sub: ana.id })}` });
const asService = { apikey: 'sb_secret_x' };

function call(method: string, path: string, headers: Record<string, string>, body?: BodyInit): Promise<Response> {
  const init = { method, headers, ...(body === undefined ? {} : { body }) };
  return storage.fetch(new Request(`http://localhost/storage/v1${path}`, init));
}

const put = (name: string, body: BodyInit, headers: Record<string, string> = {}) =>
  call('POST', `/object/open/${name}`, { ...asService, 'content-type': 'text/plain', ...headers }, body);
const get = (name: string, headers: Record<string, string> = {}) => call('GET', `/object/public/open/${name}`, headers);

async function filesOnDisk(): Promise<string[]> {
  const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('bytes', () => {
  test('lie under versions of the server’s making, whatever the client calls them', async () => {
    for (const name of ['..%2F..%2Fescape', '%2e%2e/escape', '/abs/escape', 'con', 'a'.repeat(900)])
      await put(name, 'x');
    const version = /\/objects\/[0-9a-f]{2}\/[0-9a-f-]{36}$/;
    const found = await filesOnDisk();
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((path) => !version.test(path))).toEqual([]);
  });

  test('of an object that is replaced or removed go', async () => {
    const before = (await filesOnDisk()).length;
    await put('changing.txt', 'first');
    await put('changing.txt', 'second', { 'x-upsert': 'true' });
    expect(await (await get('changing.txt')).text()).toBe('second');
    expect(await filesOnDisk()).toHaveLength(before + 1);
    await call('DELETE', '/object/open', asService, JSON.stringify({ prefixes: ['changing.txt'] }));
    expect(await filesOnDisk()).toHaveLength(before);
  });

  test('of an upload that breaks off leave neither file nor row', async () => {
    const before = (await filesOnDisk()).length;
    const broken = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1_000));
        controller.error(new Error('the client went away'));
      },
    });
    // The types of the platform do not know `duplex` yet, which a streamed body needs.
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { ...asService, 'content-type': 'text/plain' },
      body: broken,
      duplex: 'half',
    };
    const request = new Request('http://localhost/storage/v1/object/open/half.txt', init);
    expect((await storage.fetch(request)).status).toBe(500);
    expect(await filesOnDisk()).toHaveLength(before);
    expect(await sql`select from storage.objects where name = 'half.txt'`).toHaveLength(0);
  });

  test('[MSG9] of an upload whose row was stored and whose answer got lost stay', async () => {
    const files = openFiles(folder.path);
    const database = openDatabase(adminUrl);
    const run: typeof database.run = async (...work) => {
      await database.run(...work);
      throw new StorageFailure('SlowDown', 'The database cannot be reached.');
    };
    const target = { bucket: 'open', name: 'unanswered.txt', upsert: false, ownerId: null, operation: 'test' };
    const stored = await files.write(new Blob(['kept']).stream(), 100);
    const metadata = describeBytes(stored, { mimetype: 'text/plain', cacheControl: 'no-cache' });
    const pointing = pointAt({ files, database: { ...database, run } }, target, stored.version, metadata, null);
    await expect(pointing).rejects.toThrow('cannot be reached');
    expect(await (await get('unanswered.txt')).text()).toBe('kept');
    await database.stop();
  });

  test('of many uploads under one name: one row, one file, whole', async () => {
    const bodies = Array.from({ length: 6 }, (_, index) => String(index).repeat(10_000));
    for (let round = 0; round < 8; round += 1) {
      const before = (await filesOnDisk()).length;
      const name = `race-${round}.txt`;
      const answers = await Promise.all(bodies.map((body) => put(name, body, { 'x-upsert': 'true' })));
      expect(answers.map((answer) => answer.status)).toEqual(bodies.map(() => 200));
      expect(bodies).toContain(await (await get(name)).text());
      expect(await filesOnDisk()).toHaveLength(before + 1);
    }
  });

  test('of many first uploads under one name: one wins, the others are told', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => put('first.txt', `upload ${index}`)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(7).fill(400)]);
    const winner = answers.findIndex((answer) => answer.status === 200);
    expect(await (await get('first.txt')).text()).toBe(`upload ${winner}`);
  });
});

describe('the sweep', () => {
  const database = openDatabase(adminUrl);
  const files = openFiles(folder.path);
  afterAll(() => database.stop());

  test('removes bytes that no row points at, once they are old enough, and leaves the others', async () => {
    await put('kept.txt', 'kept');
    const orphan = await files.write(new Blob(['lost']).stream(), 100);
    await writeFile(join(folder.path, 'unfinished', newId()), 'half');
    const before = await filesOnDisk();
    expect(await sweepOrphans({ database, files }, Date.now() - 60_000)).toBe(0);
    expect(await filesOnDisk()).toHaveLength(before.length);
    for (const path of before) await utimes(path, 0, 0);
    expect(await sweepOrphans({ database, files }, Date.now() - 60_000)).toBe(1);
    expect(await files.open(orphan.version)).toBeNull();
    expect(await filesOnDisk()).toHaveLength(before.length - 2);
    expect(await (await get('kept.txt')).text()).toBe('kept');
  });
});

describe('rows', () => {
  test('are deleted through the server only, so that their bytes go too', async () => {
    await put('guarded.txt', 'x');
    const direct = sql`delete from storage.objects where name = 'guarded.txt'`;
    await expect(direct).rejects.toMatchObject({ code: '42501' });
  });

  test('tell their owner and operation to policies', async () => {
    await sql`create policy "only while uploading" on storage.objects for insert to authenticated
      with check (bucket_id = 'open' and owner_id = (select auth.uid())::text and storage.allow_only_operation('object.upload'))`;
    const headers = { ...(await asAna()), 'content-type': 'text/plain' };
    expect((await call('POST', '/object/open/mine.txt', headers, 'x')).status).toBe(200);
    expect((await call('POST', '/object/upload/sign/open/mine2.txt', headers)).status).toBe(400);
    await sql`drop policy "only while uploading" on storage.objects`;
    expect((await call('POST', '/object/open/mine3.txt', headers, 'x')).status).toBe(400);
    const [row] =
      await sql`select owner_id, owner, metadata ->> 'mimetype' as type from storage.objects where name = 'mine.txt'`;
    expect(row).toEqual({ owner_id: ana.id, owner: ana.id, type: 'text/plain' });
  });

  test('of a profile picture are refused as soon as the policy for them is gone', async () => {
    const upload = async () => {
      const headers = { ...(await asAna()), 'content-type': 'image/png' };
      return (await call('POST', `/object/avatars/${ana.id}/${newId()}.png`, headers, 'x')).status;
    };
    expect(await upload()).toBe(200);
    await sql`drop policy "people add their own pictures" on storage.objects`;
    expect(await upload()).toBe(400);
  });
});

describe('callers', () => {
  test.each([
    ['a role that is not for clients', { role: 'supabase_admin' }],
    ['a role of the database’s', { role: 'postgres', sub: newId() }],
    ['no role', {}],
  ])('with a well signed token of %s are refused', async (_name, claims) => {
    const response = await call('GET', '/bucket', { authorization: `Bearer ${await sign(claims)}` });
    expect(await response.json()).toMatchObject({ statusCode: '403', code: 'AccessDenied' });
  });

  test('with a bad token or key are refused, and what they sent is not logged', async () => {
    lines.length = 0;
    for (const headers of [{ authorization: 'Bearer x.y.z' }, { apikey: 'sb_secret_guess' }]) {
      expect((await call('GET', '/bucket', headers)).status).toBe(400);
    }
    expect(lines).toEqual([]);
  });
});

describe('delivery', () => {
  test.each(['text/html', 'image/svg+xml', 'application/xhtml+xml; charset=utf-8'])(
    'no file acts as a page: %s',
    async (type) => {
      await put('active', '<script>1</script>', { 'content-type': type, 'x-upsert': 'true' });
      const { headers } = await get('active');
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('a download has its name, whatever letters it is of', async () => {
    await put('plain.txt', 'x');
    const { headers } = await get('plain.txt?download=n%C3%A4%20%22me.txt');
    expect(headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''n%C3%A4%20%22me.txt`);
    expect((await get('plain.txt?download=')).headers.get('content-disposition')).toContain('plain.txt');
    expect((await get('plain.txt')).headers.get('content-disposition')).toBeNull();
  });

  test('an empty file, a part outside, and the head alone', async () => {
    await put('empty.txt', '');
    expect(await (await get('empty.txt')).text()).toBe('');
    await put('ten.txt', '0123456789');
    expect((await get('ten.txt', { range: 'bytes=10-' })).status).toBe(416);
    const etag = (await get('ten.txt')).headers.get('etag') ?? '';
    expect((await get('ten.txt', { range: 'bytes=2-3', 'if-range': etag })).status).toBe(206);
    expect((await get('ten.txt', { range: 'bytes=2-3', 'if-range': '"old"' })).status).toBe(200);
    const head = await call('HEAD', '/object/public/open/ten.txt', {});
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  });
});

test('bad requests are told apart from missing things', async () => {
  const failureOf = async (response: Promise<Response>) => ((await (await response).json()) as { code: string }).code;
  expect(await failureOf(call('POST', '/object/list/open', asService, '{'))).toBe('InvalidRequest');
  expect(await failureOf(call('POST', '/object/list/open', asService, '{"limit":0}'))).toBe('InvalidRequest');
  expect(await failureOf(call('POST', '/object/sign/open/x', asService, '{"expiresIn":0}'))).toBe('InvalidRequest');
  expect(await failureOf(call('POST', '/object/nowhere/x', { ...asService, 'content-type': 'text/plain' }, 'x'))).toBe(
    'NoSuchBucket',
  );
  expect(await failureOf(get('nothing'))).toBe('NoSuchKey');
  expect(await failureOf(call('GET', '/nothing', {}))).toBe('NoSuchRoute');
});

test('a database that is away is an answer of 503', async () => {
  const dataDir = join(folder.path, 'away');
  const away = createStorage({
    adminUrl: 'postgresql://nobody@127.0.0.1:1/nothing',
    dataDir,
    jwtSecret,
    publishableKey: '',
    secretKey: '',
  });
  const response = await away.fetch(new Request('http://localhost/storage/v1/object/public/open/x'));
  expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ code: 'SlowDown' })]);
  await away.stop();
});

test('connections that the database ends, idle or at work, are replaced', async () => {
  await put('here.txt', 'still');
  const end = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query not like '%pg_terminate_backend%'`;
  for (let round = 0; round < 5; round += 1) {
    const answers = Promise.all(Array.from({ length: 6 }, () => get('here.txt')));
    await end();
    for (const answer of await answers) expect([200, 503]).toContain(answer.status);
    await end();
    await vi.waitFor(async () => expect(await (await get('here.txt')).text()).toBe('still'));
  }
});
