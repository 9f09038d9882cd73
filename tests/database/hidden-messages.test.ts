import { describe, expect, test } from 'vitest';
import { as, become, person } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { block } from './support/blocks.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, createSolo, insertMessage, invite, leave, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask, claimLeased, finish } from './support/replies.ts';
import { article } from './support/shares.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');

/** A group of the three, in which nobody is blocked yet. */
async function openGroup(): Promise<string> {
  await Promise.all([block(sql, ana, ben, false), block(sql, ben, ana, false), block(sql, ben, cleo, false)]);
  return createGroup(sql, ana, [ben, cleo]);
}

/** Whatever somebody can ask for, as one text. */
function everything(who: TestPerson, chat: string): Promise<string> {
  return as(sql, person(who.id), async (tx) => {
    await tx`select set_config('storage.operation', 'storage.object.get_authenticated', true)`;
    const all = [
      await tx`select * from public.messages where chat_id = ${chat}`,
      await tx`select v.* from public.message_versions v`,
      await tx`select * from public.attachments where chat_id = ${chat}`,
      await tx`select * from public.page_shares where chat_id = ${chat}`,
      await tx`select name from storage.objects where name like ${`${chat}/%`}`,
      await tx`select id, partial, decision, receipt from public.reply_jobs where chat_id = ${chat}`,
      await tx`select * from public.audit_events where chat_id = ${chat}`,
      await tx`select public.catch_up(${chat}, 0, 500)`,
      await tx`select public.my_chats()`,
      await tx`select public.search_messages('secret')`,
      await tx`select public.search_messages('', p_author => ${ana.id})`,
      await tx`select public.search_messages('', p_page => 'example.org')`,
      await tx`select public.shares_of_pages(digit) from unnest(string_to_array('0123456789abcdef', null)) digit`,
      await tx`select public.my_data(part) from unnest(array['messages', 'files', 'reactions', 'reports']) part`,
      await tx`select public.my_left_data(part) from unnest(array['left_messages', 'left_files']) part`,
    ];
    return JSON.stringify(all);
  });
}

const line = async (who: TestPerson, chat: string) =>
  (
    await as(
      sql,
      person(who.id),
      (tx) => tx<{ line: { unread: number; mentioned: boolean; last_message: { body: string } } }[]>`
        select c as line from public.my_chats() c where c ->> 'id' = ${chat}`,
    )
  )[0]?.line;

const kinds = (who: TestPerson, chat: string) =>
  as(
    sql,
    person(who.id),
    (tx) => tx<{ seq: number; kind: string; message: unknown }[]>`
      select (c ->> 'seq')::int as seq, c ->> 'kind' as kind, c -> 'message' as message from public.catch_up(${chat}, 0, 500) c`,
  );

describe('[SAFE5] what somebody writes whom one is blocked by', () => {
  test('comes on no path, from before the block and after it, and comes back with its end', async () => {
    const chat = await openGroup();
    const file = await attach(sql, ana, chat, { name: 'secret-1.txt', hasThumbnail: true });
    const share = article({ text: 'secret-2', title: 'secret-3' });
    const old = await say(sql, ana, chat, 'secret-4', { attachmentIds: [file], shares: [share] });
    await as(sql, person(ana.id), (tx) => tx`select public.edit_message(${old}, 'secret-5')`);
    await block(sql, ana, ben);
    const fresh = await say(sql, ana, chat, 'secret-6', {
      attachmentIds: [await attach(sql, ana, chat, { name: 'secret-7.txt' })],
      shares: [article({ text: 'secret-8' })],
    });
    await as(sql, person(ana.id), (tx) => tx`select public.edit_message(${fresh}, 'secret-9')`);
    await say(sql, cleo, chat, 'what do you mean?', { replyTo: fresh });

    const bens = await everything(ben, chat);
    expect(bens).not.toContain('secret-');
    expect(bens).not.toContain(`${chat}/`);
    expect(bens).toContain('what do you mean?');
    for (const other of [ana, cleo]) {
      const theirs = await everything(other, chat);
      for (let number = 1; number <= 9; number++) expect(theirs, other.username).toContain(`secret-${number}`);
      expect(theirs).toContain(`${chat}/${file}.thumb`);
    }
    await block(sql, ana, ben, false);
    const again = await everything(ben, chat);
    for (let number = 1; number <= 9; number++) expect(again).toContain(`secret-${number}`);
  });

  test('takes its place in the order, so that nobody waits for it', async () => {
    const chat = await openGroup();
    await block(sql, ana, ben);
    await say(sql, ana, chat, 'hidden');
    await say(sql, cleo, chat, 'seen');
    const changes = await kinds(ben, chat);
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1));
    expect(changes.slice(-2)).toMatchObject([
      { kind: 'message', message: null },
      { kind: 'message', message: { body: 'seen' } },
    ]);
  });

  test('is not broadcast either, nor is what becomes of it; the blocked person and the AI are heard by all', async () => {
    const chat = await openGroup();
    const old = await say(sql, ana, chat, 'secret before');
    await block(sql, ana, ben);
    const topic = await topicOf(sql, chat);
    const fresh = await say(sql, ana, chat, 'secret after');
    await as(sql, person(ana.id), (tx) => tx`select public.edit_message(${fresh}, 'secret in other words')`);
    await as(sql, person(cleo.id), (tx) => tx`select public.set_reaction(${old}, '👍', true)`);
    await as(sql, person(ana.id), (tx) => tx`select public.delete_message(${fresh})`);
    const hints = await broadcasts(sql, topic);
    expect(hints.map(({ event, payload }) => [event, Object.keys(payload).toSorted()])).toEqual(
      Array(4).fill(['hint', ['chat_id', 'seq']]),
    );
    await say(sql, ben, chat, 'of Ben');
    await ask(sql, ana, chat, '@ai secret question');
    await finish(sql, await claimLeased(sql, chat), { body: 'of the AI' });
    const later = JSON.stringify(await broadcasts(sql, topic));
    for (const words of ['of Ben', 'of the AI']) expect(later).toContain(words);
    expect(later).not.toContain('secret');
    expect(await everything(ben, chat)).toContain('of the AI');
  });

  test('is hidden from the block on, also when it waited for that', async () => {
    const chat = await openGroup();
    const blocking = await hold(sql, async (tx) => {
      await become(tx, person(ana.id));
      await tx`select public.set_block(${ben.id}, true)`;
    });
    const sending = say(sql, ana, chat, 'secret in a race');
    await waitForBlocked(sql, 1);
    await blocking.commit();
    await sending;
    expect(JSON.stringify(await broadcasts(sql, 'chat:'))).not.toContain('secret in a race');

    await block(sql, ana, ben, false);
    const writing = await hold(sql, async (tx) => {
      await become(tx, person(ana.id));
      await insertMessage(tx, chat, 'just before');
    });
    const late = block(sql, ana, ben);
    await waitForBlocked(sql, 1);
    await writing.commit();
    await late;
    const topics = (await broadcasts(sql, `chat:${chat}`)).filter(({ payload }) =>
      JSON.stringify(payload).includes('just before'),
    );
    expect(topics.map(({ topic }) => topic)).not.toContain(await topicOf(sql, chat));
  });

  test('makes their browsers begin the chat afresh, and nobody else’s', async () => {
    const chat = await openGroup();
    const [elsewhere, solo] = [await createGroup(sql, ben, [cleo]), await createSolo(sql, ben)];
    const left = await createGroup(sql, cleo, [ana, ben]);
    await say(sql, ana, left, 'I was here');
    await leave(sql, ana, left);
    const starts = async (who: TestPerson, where: string) =>
      (await kinds(who, where)).filter(({ kind }) => kind === 'purge').length;
    const before = await topicOf(sql, chat);
    await block(sql, ana, ben);
    expect([await starts(ben, chat), await starts(ben, left)]).toEqual([1, 1]);
    expect([await starts(ana, chat), await starts(cleo, chat), await starts(cleo, left)]).toEqual([0, 0, 0]);
    expect((await kinds(cleo, chat)).at(-1)?.kind).toBe('nothing');
    expect([await starts(ben, elsewhere), await starts(ben, solo)]).toEqual([0, 0]);
    const [row] = await as(sql, person(ben.id), (tx) => tx`select private.can_receive(${before}) as old`);
    expect(row?.old, 'what was said on the old topic is not asked for again').toBe(false);
    await block(sql, ana, ben);
    expect(await starts(ben, chat), 'doing so twice is once').toBe(1);
    await block(sql, ana, ben, false);
    await block(sql, ana, ben, false);
    expect(await starts(ben, chat)).toBe(2);
  });

  test('costs no page of a chat a look at all of its messages', async () => {
    const chat = await openGroup();
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`
        insert into public.messages (id, chat_id, seq, author_id, body)
        select gen_random_uuid(), ${chat}, 1000 + n, ${cleo.id}, 'many' from generate_series(1, 3000) n`;
    });
    await sql`analyze public.messages`;
    for (const blocked of [false, true]) {
      await block(sql, ana, ben, blocked);
      const plan = await as(
        sql,
        person(ben.id),
        (tx) =>
          tx`explain select * from public.messages where chat_id = ${chat} and seq < 3900 order by seq desc limit 51`,
      );
      expect(JSON.stringify(plan)).toContain('Index Scan Backward using messages_order');
    }
  });

  test('stirs the group forty times within an hour at most', async () => {
    const [one, other] = [await createPerson(sql, 'one'), await createPerson(sql, 'other')];
    await createGroup(sql, one, [other]);
    for (let time = 1; time <= 20; time++) for (const on of [true, false]) await block(sql, one, other, on);
    expect(await refusal(block(sql, one, other))).toBe('SR096');
    await sql`update private.fresh_starts set made_at = made_at - interval '1 hour' where caused_by = ${one.id}`;
    await block(sql, one, other);
  });

  test('does not count: not as unread, as a mention, or as the last words', async () => {
    const chat = await openGroup();
    await say(sql, cleo, chat, 'hello');
    await block(sql, ana, ben);
    await say(sql, ana, chat, `@${ben.username} look`);
    expect(await line(ben, chat)).toMatchObject({ unread: 1, mentioned: false, last_message: { body: 'hello' } });
    expect(await line(cleo, chat)).toMatchObject({ unread: 1, last_message: { body: `@${ben.username} look` } });
    // Ben has blocked somebody who mentions him as well: then it is looked at message by message.
    await say(sql, cleo, chat, `@${ben.username} she means you`);
    expect(await line(ben, chat)).toMatchObject({ unread: 2, mentioned: true });
    await block(sql, ben, cleo);
    expect(await line(ben, chat)).toMatchObject({ mentioned: false });
  });

  test('is not answered by an emoji, and can still be reported by whoever saw it', async () => {
    const chat = await openGroup();
    const message = await say(sql, ana, chat, 'something vile');
    const react = (who: TestPerson) =>
      as(sql, person(who.id), (tx) => tx`select public.set_reaction(${message}, '👎', true)`);
    await block(sql, ana, ben);
    expect(await refusal(react(ben))).toBe('SR007');
    await react(cleo);
    await as(sql, person(ben.id), (tx) => tx`select public.report_message(${message}, 'hate', '')`);
    const [report] =
      await sql`select bundle #>> '{message,body}' as body from private.reports where message_id = ${message}`;
    expect(report?.body).toBe('something vile');
    expect(await everything(ben, chat)).not.toContain('something vile');
  });

  test('stays hidden from who leaves and comes back, and is theirs again afterwards', async () => {
    const chat = await openGroup();
    await say(sql, ana, chat, 'secret');
    await block(sql, ana, ben);
    await leave(sql, ben, chat);
    await redeem(sql, await invite(sql, cleo, chat), ben);
    expect(await everything(ben, chat)).not.toContain('secret');
    await block(sql, ana, ben, false);
    expect(await everything(ben, chat)).toContain('secret');
  });

  test('is seen by whoever blocked: their own choice is the panel’s', async () => {
    const chat = await openGroup();
    await block(sql, ana, ben);
    await say(sql, ben, chat, 'of the blocked one');
    expect(await everything(ana, chat)).toContain('of the blocked one');
  });
});
