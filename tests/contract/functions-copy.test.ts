import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { type ApiPerson, callFunction, createChat, rpc, signIn, stranger } from '../support/api-person.ts';
import { someBytes } from '../support/files.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
let ana: ApiPerson;
let ben: ApiPerson;

beforeAll(async () => {
  [ana, ben] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben')]);
});

const bucket = ({ client }: ApiPerson) => client.storage.from('attachments');

/** A solo chat with a message that has a file and its small picture; their names. */
async function soloWithFile(): Promise<{ solo: string; file: string }> {
  const solo = await createChat(ana, 'solo');
  const file = newId();
  const row = { id: file, chat_id: solo, name: 'map.png', content_type: 'image/png', size: 900, has_thumbnail: true };
  const added = await ana.client.from('attachments').insert(row);
  if (added.error) throw added.error;
  for (const [name, size] of [
    [file, 900],
    [`${file}.thumb`, 90],
  ] as const) {
    const { error } = await bucket(ana).upload(`${solo}/${name}`, someBytes(size), { contentType: 'image/png' });
    if (error) throw error;
  }
  const said = await ana.client
    .from('messages')
    .insert({ id: newId(), chat_id: solo, body: 'look', target: 'people', attachment_ids: [file] });
  if (said.error) throw said.error;
  return { solo, file };
}

async function filesOf(person: ApiPerson, chat: string): Promise<string[]> {
  const { data, error } = await person.client.from('attachments').select('id').eq('chat_id', chat);
  if (error) throw error;
  return data.map(({ id }) => id);
}

describe('the function copy', () => {
  test('[CHAT2] brings files along under new names, which the members of the copy read, and the old ones they do not', async () => {
    const { solo, file } = await soloWithFile();
    const id = newId();
    for (let time = 0; time < 2; time++)
      expect(await callFunction(ana, 'copy', { source: solo, id, title: 'Our trip' })).toEqual({
        status: 200,
        body: { chat_id: id },
      });
    const { token } = await rpc<{ token: string }>(ana, 'create_invite', { p_chat: id });
    await ben.client.functions.invoke('invite', { body: { action: 'redeem', token } });
    const [copied, ...others] = await filesOf(ben, id);
    expect(others).toEqual([]);
    expect(copied).not.toBe(file);
    for (const [name, size] of [
      [copied, 900],
      [`${copied}.thumb`, 90],
    ] as const) {
      const { data } = await bucket(ben).download(`${id}/${name}`);
      expect(new Uint8Array((await data?.arrayBuffer()) ?? [])).toEqual(someBytes(size));
    }
    expect(await filesOf(ben, solo)).toEqual([]);
    expect((await bucket(ben).download(`${solo}/${file}`)).error).not.toBeNull();
    expect((await bucket(ana).download(`${solo}/${file}`)).error).toBeNull();
  });

  test('[CHAT2] refuses strangers, other people’s chats, and what makes no sense', async () => {
    const { solo } = await soloWithFile();
    const order = { source: solo, id: newId(), title: 'Mine' };
    expect(await callFunction(stranger(stack), 'copy', order)).toMatchObject({ status: 401 });
    expect(await callFunction(ben, 'copy', order)).toMatchObject({ status: 404, body: { code: 'SR007' } });
    for (const broken of [{ title: ' ' }, { title: 'x'.repeat(81) }, { id: 'x' }, { source: null }])
      expect(await callFunction(ana, 'copy', { ...order, ...broken })).toMatchObject({ status: 400 });
  });
});

describe('the function purge', () => {
  test('is for the scheduler alone', async () => {
    for (const who of [ana, stranger(stack)])
      expect(await callFunction(who, 'purge', {})).toMatchObject({ status: 401 });
  });

  test.skipIf(stack.local === undefined)('[MSG9] removes the bytes of deleted messages', async () => {
    const { solo, file } = await soloWithFile();
    const { data } = await ana.client.from('messages').select('id').eq('chat_id', solo).eq('body', 'look').single();
    await rpc(ana, 'delete_message', { p_message: data?.id });
    const admin = new pg.Client({ connectionString: stack.local?.adminUrl });
    await admin.connect();
    await admin.query(`update storage.objects set created_at = now() - interval '2 hours' where name like $1`, [
      `${solo}/${file}%`,
    ]);
    const response = await fetch(`${stack.url}/functions/v1/purge`, {
      method: 'POST',
      headers: { apikey: stack.secretKey, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(200);
    const { rows } = await admin.query('select 1 from storage.objects where name like $1', [`${solo}/${file}%`]);
    await admin.end();
    expect(rows).toEqual([]);
  });
});
