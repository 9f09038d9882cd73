import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js';
import { beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { CAST, declaredForAll, type Row, type Who } from '../database/access/cast.ts';
import { MINOR } from '../database/support/young.ts';
import { type ApiPerson, createChat, createInvite, rpc, say, signIn, stranger } from '../support/api-person.ts';
import '../support/findings.ts';
import { hear, subscribe } from '../support/realtime/channels.ts';
import { stackUnderTest } from '../support/stack.ts';

/** The rows of the matrix of access that are no rows of a table: files, and what goes over a websocket. 1: it works, 0: it is refused. */
const stack = stackUnderTest();
const service = createClient(stack.url, stack.secretKey, { auth: { persistSession: false } });
const PICTURE = new Uint8Array(1_000).fill(7);
const PNG = { contentType: 'image/png' };

const clients = {} as Record<Who, SupabaseClient>;
const ids = {} as Record<Who, string>;
let creator: ApiPerson;
let chat: string;
let topic: string;
let file: string;

beforeAll(async () => {
  const people = {} as Record<Who, ApiPerson>;
  for (const who of CAST.filter((each) => each !== 'anon' && each !== 'service'))
    people[who] = await signIn(stack, who, fetch, who === 'shut' ? MINOR : undefined);
  creator = people.creator;
  for (const who of CAST) {
    clients[who] = who === 'anon' ? stranger(stack).client : who === 'service' ? service : people[who].client;
    ids[who] = people[who]?.id ?? newId();
  }

  chat = await createChat(creator);
  const { token } = await createInvite(creator, chat);
  for (const who of ['member', 'removed', 'left', 'shut', 'blocked'] as const) await redeem(token, people[who]);
  await redeem((await createInvite(creator, chat, { p_needs_approval: true })).token, people.invited);
  await createChat(people.neighbour);
  const { code } = await rpc<{ code: string }>(people.guardian, 'make_guardian_code', {});
  await rpc(people.shut, 'try_guardian_code', { p_code: code, p_accept: true });
  await rpc(people.guardian, 'set_group_chats', { p_minor: ids.shut, p_on: false });
  await rpc(creator, 'remove_member', { p_chat: chat, p_user: ids.removed });
  await rpc(people.left, 'leave_chat', { p_chat: chat });
  await rpc(creator, 'set_block', { p_user: ids.blocked, p_on: true });

  await must(creator.client.storage.from('avatars').upload(`${creator.id}/face.png`, PICTURE, PNG));
  file = `${chat}/${await attach()}`;
  const { epoch } = await must(creator.client.from('chats').select('epoch').eq('id', chat).single());
  topic = `chat:${chat}:${epoch}`;
  await Promise.all(Object.values(clients).map((client) => client.realtime.setAuth()));
});

async function redeem(token: string, { client }: ApiPerson): Promise<void> {
  await must(client.functions.invoke('invite', { body: { action: 'redeem', token } }));
}

async function must<T>(call: PromiseLike<{ data: T; error: unknown }>): Promise<NonNullable<T>> {
  const { data, error } = await call;
  if (error !== null) throw error;
  return data as NonNullable<T>;
}

/** A file that the creator sent; its id. */
async function attach(): Promise<string> {
  const id = newId();
  const facts = { id, chat_id: chat, name: 'a.png', content_type: 'image/png', size: PICTURE.length };
  await must(creator.client.from('attachments').insert(facts).select('id'));
  await must(creator.client.storage.from('attachments').upload(`${chat}/${id}`, PICTURE, PNG));
  const message = { id: newId(), chat_id: chat, body: '', attachment_ids: [id] };
  await must(creator.client.from('messages').insert(message).select('id'));
  return id;
}

/** Not the creator: what they say is not for everyone. */
const memberSays = (body: string) => say({ id: ids.member, name: 'member', client: clients.member }, chat, body);

async function outcomesOf(attempt: (who: Who) => Promise<boolean>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const who of CAST) found[who] = (await attempt(who)) ? 1 : 0;
  return found;
}

const worked = async (call: PromiseLike<{ error: unknown }>) => (await call).error === null;
const files = (who: Who, bucket: string) => clients[who].storage.from(bucket);

/** A picture of the creator's that may go. */
async function spare(): Promise<string> {
  const name = `${creator.id}/${newId()}.png`;
  await must(service.storage.from('avatars').upload(name, PICTURE, PNG));
  return name;
}

const NOBODY: Row = { outcomes: [0, 0, 0, 0, 0, 0, 1] };

const STORED: readonly (readonly [string, Row, (who: Who) => Promise<boolean>])[] = [
  [
    'upload a picture of one’s own',
    { outcomes: [0, 1, 1, 1, 1, 1, 1] },
    (who) => worked(files(who, 'avatars').upload(`${ids[who]}/new.png`, PICTURE, PNG)),
  ],
  [
    'upload a picture under the creator’s name',
    { outcomes: [0, 0, 0, 1, 0, 0, 1] },
    (who) => worked(files(who, 'avatars').upload(`${creator.id}/${newId()}.png`, PICTURE, PNG)),
  ],
  [
    'download the creator’s picture',
    { outcomes: [0, 0, 1, 1, 0, 0, 1] },
    (who) => worked(files(who, 'avatars').download(`${creator.id}/face.png`)),
  ],
  [
    // Sent by the creator, who blocked one of the members.
    'download a file of the group',
    { outcomes: [0, 0, 1, 1, 0, 0, 1], unlike: { blocked: 0 } },
    (who) => worked(files(who, 'attachments').download(file)),
  ],
  [
    // It would outlive a removal: members fetch files with their own token.
    'sign an address for a file of the group',
    { outcomes: [0, 0, 0, 0, 0, 0, 1] },
    (who) => worked(files(who, 'attachments').createSignedUrl(file, 60)),
  ],
  [
    'upload a file to the group that nobody declared',
    { outcomes: [0, 0, 0, 0, 0, 0, 1] },
    (who) => worked(files(who, 'attachments').upload(`${chat}/${newId()}`, PICTURE, PNG)),
  ],
  [
    'write over the file of the group',
    { outcomes: [0, 0, 0, 0, 0, 0, 1] },
    (who) => worked(files(who, 'attachments').upload(file, PICTURE, { ...PNG, upsert: true })),
  ],
  ['put another file in its place', NOBODY, (who) => worked(files(who, 'attachments').update(file, PICTURE, PNG))],
  [
    'see that the file of the group is there',
    { outcomes: [0, 0, 0, 0, 0, 0, 1] },
    async (who) => ((await files(who, 'attachments').list(chat)).data ?? []).length > 0,
  ],
  [
    'take the file of the group away',
    NOBODY,
    async (who) => {
      const id = `${chat}/${await attach()}`;
      return ((await files(who, 'attachments').remove([id])).data ?? []).length > 0;
    },
  ],
  [
    'copy the file of the group to oneself',
    NOBODY,
    (who) => worked(files(who, 'attachments').copy(file, `${ids[who]}/${newId()}`)),
  ],
  [
    'move the file of the group',
    NOBODY,
    async (who) => worked(files(who, 'attachments').move(`${chat}/${await attach()}`, `${chat}/${newId()}`)),
  ],
  [
    'make an address for uploading into the group',
    NOBODY,
    (who) => worked(files(who, 'attachments').createSignedUploadUrl(`${chat}/${newId()}`)),
  ],
  [
    'download the file of the group at its public address',
    { outcomes: [0, 0, 0, 0, 0, 0, 0] },
    async (who) => (await fetch(files(who, 'attachments').getPublicUrl(file).data.publicUrl)).ok,
  ],
  [
    'download the creator’s picture at its public address',
    { outcomes: [0, 0, 0, 0, 0, 0, 0] },
    async (who) => (await fetch(files(who, 'avatars').getPublicUrl(`${creator.id}/face.png`).data.publicUrl)).ok,
  ],
  [
    'take a picture of the creator’s away',
    { outcomes: [0, 0, 0, 1, 0, 0, 1] },
    async (who) => ((await files(who, 'avatars').remove([await spare()])).data ?? []).length > 0,
  ],
  [
    'move a picture of the creator’s',
    NOBODY,
    async (who) => worked(files(who, 'avatars').move(await spare(), `${ids[who]}/${newId()}.png`)),
  ],
  [
    'put another picture in place of the creator’s',
    NOBODY,
    async (who) => worked(files(who, 'avatars').update(await spare(), PICTURE, PNG)),
  ],
  [
    'see which buckets there are',
    NOBODY,
    async (who) => ((await clients[who].storage.listBuckets()).data ?? []).length > 0,
  ],
  ['make a bucket', NOBODY, (who) => worked(clients[who].storage.createBucket(`mine-${newId()}`, { public: true }))],
  [
    'make a bucket public',
    { outcomes: [0, 0, 0, 0, 0, 0, 1] },
    (who) => worked(clients[who].storage.updateBucket('avatars', { public: false })),
  ],
];

test.for(STORED)('%s', async ([, row, attempt], { task }) => {
  task.meta.cells = CAST.length;
  expect(await outcomesOf(attempt)).toEqual(declaredForAll(row));
});

/** Joins the group's topic as somebody; null where that is refused. */
async function joined(who: Who): Promise<{ channel: RealtimeChannel; heard: readonly { event: string }[] } | null> {
  return hear(clients[who], topic).catch(() => null);
}

test('receive what is said in the group', async ({ task }) => {
  task.meta.cells = CAST.length;
  const listeners = new Map<Who, readonly { event: string }[]>();
  for (const who of CAST) listeners.set(who, (await joined(who))?.heard ?? []);
  await memberSays('who hears this?');
  const hears = async (who: Who) => listeners.get(who)?.some(({ event }) => event === 'change') ?? false;
  await vi.waitFor(async () => expect(await hears('member')).toBe(true));
  await vi.waitFor(async () => expect(await hears('service')).toBe(true));
  await vi.waitFor(async () => expect(await hears('blocked')).toBe(true));
  expect(await outcomesOf(hears)).toEqual(declaredForAll({ outcomes: [0, 0, 1, 1, 0, 0, 1] }));
  await Promise.all(Object.values(clients).map((client) => client.removeAllChannels()));
});

test('broadcast into the group', async ({ task }) => {
  task.meta.cells = CAST.length;
  const { heard } = await hear(creator.client, topic);
  for (const who of CAST) {
    const channel = clients[who].channel(topic, { config: { private: true } });
    // Refused or not: what counts is whether the creator hears it.
    await channel.httpSend(who, {}).catch(() => {});
  }
  await memberSays('the last thing');
  await vi.waitFor(() => expect(heard.some(({ event }) => event === 'change')).toBe(true));
  const reached = async (who: Who) => heard.some(({ event }) => event === who);
  expect(await outcomesOf(reached)).toEqual(declaredForAll({ outcomes: [0, 0, 0, 0, 0, 0, 1] }));
  await Promise.all(Object.values(clients).map((client) => client.removeAllChannels()));
});

test('show presence in the group', async ({ task }) => {
  task.meta.cells = CAST.length;
  const config = (key: string) => ({ config: { private: true, presence: { enabled: true, key } } });
  // Nobody in the group would be shown any: only the service can look.
  const watcher = createClient(stack.url, stack.secretKey, { auth: { persistSession: false } });
  const watching = watcher.channel(topic, config('watcher'));
  const seen = new Set<string>();
  watching.on('presence', { event: 'join' }, ({ key }) => void seen.add(key));
  await subscribe(watching);
  for (const who of CAST) {
    const channel = clients[who].channel(topic, config(who));
    await subscribe(channel).then(
      () => channel.track({ who }),
      () => {},
    );
  }
  await watching.track({});
  await vi.waitFor(() => expect(seen).toContain('watcher'));
  expect(await outcomesOf(async (who) => seen.has(who))).toEqual(declaredForAll({ outcomes: [0, 0, 0, 0, 0, 0, 1] }));
  await watcher.removeAllChannels();
});
