import { describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, createSolo, invite, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { type SentShare, screenshot, selection } from './support/shares.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

interface Copied {
  readonly id: string;
  readonly kind: string;
  readonly author_id: string | null;
  readonly body: string;
  readonly reply_to: string | null;
  readonly created_at: Date;
  readonly attachments: { id: string; name: string }[];
  readonly reactions: unknown[];
}

const messagesOf = (chat: string) =>
  sql<Copied[]>`
    select id, kind, author_id, body, reply_to, created_at, attachments, reactions from public.messages
    where chat_id = ${chat} and kind <> 'system' order by seq`;

async function copy(
  source: string,
  who: TestPerson = ana,
  files: Record<string, string> = {},
  id = newId(),
): Promise<string> {
  await as(
    sql,
    SERVICE,
    (tx) => tx`select public.copy_chat(${source}, ${who.id}, ${id}, ${' Our trip '},
      ${Object.keys(files)}::uuid[], ${Object.values(files)}::uuid[])`,
  );
  return id;
}

/** Puts the bytes of a file's copy where the function puts them. */
const copyBytes = (chat: string, id: string) =>
  sql`insert into storage.objects (bucket_id, name, owner_id, metadata) values ('attachments', ${`${chat}/${id}`}, ${ana.id}, '{"size": 12}')`;

/** Everything that is stored of a chat, as one text. */
const everythingOf = async (chat: string) => {
  const rows = await sql<{ text: string }[]>`
    select coalesce(string_agg(t, E'\n'), '') as text from (
      select to_jsonb(c)::text t from public.chats c where id = ${chat}
      union all select to_jsonb(m)::text from public.messages m where chat_id = ${chat}
      union all select to_jsonb(m)::text from public.members m where chat_id = ${chat}
      union all select to_jsonb(a)::text from public.attachments a where chat_id = ${chat}
      union all select to_jsonb(s)::text from public.page_shares s where chat_id = ${chat}
      union all select to_jsonb(e)::text from public.audit_events e where chat_id = ${chat}
      union all select to_jsonb(l)::text from public.changes l where chat_id = ${chat}
      union all select o.name from storage.objects o where o.name like ${`${chat}/%`}) everything`;
  return rows[0]?.text ?? '';
};

describe('[CHAT2] a copy of a solo chat', () => {
  test('holds what was said, in order, with answers, reactions and files under other ids', async () => {
    const solo = await createSolo(sql, ana);
    const first = await say(sql, ana, solo, 'Where is @ai?', { target: 'people' });
    const file = await attach(sql, ana, solo, { name: 'map.pdf' });
    await say(sql, ana, solo, 'look', { replyTo: first, attachmentIds: [file], target: 'people' });
    await sql`insert into public.messages (id, chat_id, kind, author_id, body) values (${newId()}, ${solo}, 'assistant', null, 'Here.')`;
    const gone = await say(sql, ana, solo, 'regret', { target: 'people' });
    await as(sql, person(ana.id), (tx) => tx`select public.delete_message(${gone})`);
    await as(sql, person(ana.id), (tx) => tx`select public.set_reaction(${first}, '👍', true)`);
    const before = await everythingOf(solo);
    const source = await messagesOf(solo);

    const newFile = newId();
    const group = newId();
    await copyBytes(group, newFile);
    await copy(solo, ana, { [file]: newFile }, group);
    const copied = await messagesOf(group);
    const facts = ({ kind, author_id, body, created_at, reactions }: Copied) => ({
      ...{ kind, author_id, body, created_at, reactions },
    });
    expect(copied.map(facts)).toEqual(source.filter(({ body }) => body !== '').map(facts));
    expect(copied[1]?.reply_to).toBe(copied[0]?.id);
    expect(copied[1]?.attachments).toMatchObject([{ id: newFile, name: 'map.pdf' }]);
    expect(await everythingOf(solo)).toBe(before);
  });

  test('takes page shares along whole, their pictures too', async () => {
    const solo = await createSolo(sql, ana);
    const file = await attach(sql, ana, solo, { name: 'page.webp' });
    const shares = [selection(), screenshot(file)];
    await say(sql, ana, solo, '', { attachmentIds: [file], shares, target: 'people' });
    const [newFile, group] = [newId(), newId()];
    await copyBytes(group, newFile);
    await copy(solo, ana, { [file]: newFile }, group);
    const copied = await sql`select * from public.page_shares where chat_id = ${group} order by place`;
    const { id, ...rest } = shares[0] as SentShare;
    expect(copied).toMatchObject([rest, { kind: 'screenshot', screenshot_id: newFile }]);
    const [message] = await sql`select shares from public.messages where chat_id = ${group} and shares <> '[]'`;
    expect(message?.shares.map((share: SentShare) => share.id)).toEqual(copied.map((share) => share.id));
    expect(copied[0]?.id).not.toBe(id);
  });

  test('leads back to nothing: no id and no path of the solo chat is in it', async () => {
    const solo = await createSolo(sql, ana);
    const file = await attach(sql, ana, solo);
    const shares = [screenshot(file)];
    const said = await say(sql, ana, solo, 'secret', { attachmentIds: [file], shares, target: 'people' });
    const [newFile, group] = [newId(), newId()];
    await copyBytes(group, newFile);
    await copy(solo, ana, { [file]: newFile }, group);
    const all = await everythingOf(group);
    expect(all.length).toBeGreaterThan(100);
    for (const id of [solo, file, said, ...shares.map((share) => share.id)]) expect(all).not.toContain(id);
    // And whoever joins the copy reads nothing of the source.
    await redeem(sql, await invite(sql, ana, group), ben);
    const visible = await as(
      sql,
      person(ben.id),
      (tx) =>
        tx`select id from public.messages where chat_id = ${solo} union all select id from public.attachments where chat_id = ${solo}`,
    );
    expect(visible).toHaveLength(0);
  });

  test('is a group of its owner alone, with nothing unread, announced, and without a word to the AI', async () => {
    const solo = await createSolo(sql, ana);
    await say(sql, ana, solo, '@ai hello');
    const group = await copy(solo);
    const [chat] = await sql`select kind, title, reply_mode, creator_id from public.chats where id = ${group}`;
    expect({ ...chat }).toEqual({ kind: 'group', title: 'Our trip', reply_mode: 'mention', creator_id: ana.id });
    const [line] = await as(
      sql,
      person(ana.id),
      (tx) => tx<{ chat: { id: string; unread: number; last_message: { notice: unknown } } }[]>`
        select chat from public.my_chats() chat where chat ->> 'id' = ${group}`,
    );
    expect(line?.chat).toMatchObject({ unread: 0, last_message: { notice: { type: 'copied', user_id: ana.id } } });
    expect(await sql`select 1 from public.reply_jobs where chat_id = ${group}`).toHaveLength(0);
    expect(await broadcasts(sql, `chat:${group}`)).toEqual([]);
    expect(await sql`select 1 from public.audit_events where chat_id = ${group} and type = 'copied'`).toHaveLength(1);
    // From then on it is a chat like any other.
    await say(sql, ana, group, '@ai now');
    expect(await sql`select 1 from public.reply_jobs where chat_id = ${group}`).toHaveLength(1);
    expect((await broadcasts(sql, `chat:${group}`)).length).toBeGreaterThan(0);
  });

  test('is made once, whole or not at all', async () => {
    const solo = await createSolo(sql, ana);
    const file = await attach(sql, ana, solo);
    await say(sql, ana, solo, 'with a file', { attachmentIds: [file], target: 'people' });
    const [newFile, group] = [newId(), newId()];
    expect(await refusal(copy(solo, ana, {}, group))).toBe('SR023');
    expect(await refusal(copy(solo, ana, { [file]: newFile }, group))).toBe('SR021');
    expect(await sql`select 1 from public.chats where id = ${group}`).toHaveLength(0);
    await copyBytes(group, newFile);
    await Promise.all([1, 2, 3].map(() => copy(solo, ana, { [file]: newFile }, group)));
    expect(await messagesOf(group)).toHaveLength(1);
  });

  test('is for one’s own solo chat only', async () => {
    const solo = await createSolo(sql, ana);
    const group = await createGroup(sql, ana, [ben]);
    expect(await refusal(copy(solo, ben))).toBe('SR007');
    expect(await refusal(copy(group, ana))).toBe('SR007');
    expect(await refusal(copy(newId(), ana))).toBe('SR007');
    // Nor into somebody else's group.
    expect(await refusal(copy(solo, ana, {}, await createGroup(sql, ben)))).toBe('23505');
  });
});
