import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { openTurns, type TurnClaim } from './support/turns.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');

const { group, jobsIn, ready, claim, decide, speak, silence, reactionsTo } = openTurns(sql, ana, [ben, cleo]);

async function asksForQuiet(text: string): Promise<boolean> {
  const [row] = await sql<{ asks: boolean }[]>`select private.asks_for_quiet(${text}) as asks`;
  return row?.asks ?? false;
}
describe('[AI2] when the AI answers', () => {
  test('any member sets it, all are told, and a mention is answered in every mode but off', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    for (const mode of ['automatic', 'mention', 'off'] as const) {
      await as(sql, person(ben.id), (tx) => tx`select public.set_reply_mode(${chat}, ${mode})`);
      const before = (await jobsIn(chat)).length;
      await say(sql, ana, chat, '@ai hello');
      expect((await jobsIn(chat)).length - before).toBe(mode === 'off' ? 0 : 1);
    }
    const notices =
      await sql`select notice from public.messages where chat_id = ${chat} and notice ->> 'type' = 'reply_mode'`;
    // A group begins with mentions only.
    expect(notices.map(({ notice }) => notice.mode)).toEqual(['automatic', 'mention', 'off']);
    expect(await refusal(as(sql, person(cleo.id), (tx) => tx`select public.set_reply_mode(${chat}, 'off')`))).toBe(
      'SR002',
    );
    const solo = await createSolo(sql, ana);
    expect(await refusal(as(sql, person(ana.id), (tx) => tx`select public.set_reply_mode(${solo}, 'off')`))).toBe(
      'SR007',
    );
  });

  test('a message for people only is not considered', async () => {
    const chat = await group();
    await say(sql, ana, chat, 'What is lagan?', { target: 'people' });
    expect(await jobsIn(chat)).toEqual([]);
  });
});

describe('[AI3] whether to say anything', () => {
  test('is considered once for several messages in a row, about the latest, and nobody is told', async () => {
    const chat = await group();
    await say(sql, ana, chat, 'So');
    await say(sql, ben, chat, 'where do we go');
    const last = await say(sql, cleo, chat, 'on Sunday?');
    const jobs = await jobsIn(chat);
    expect(jobs).toMatchObject([{ kind: 'turn', state: 'queued', trigger_message_id: last }]);
    expect(await claim(chat)).toBeNull();
    await ready(chat);
    expect(await claim(chat)).toMatchObject({ kind: 'turn' });
    expect((await broadcasts(sql, `chat:${chat}`)).filter(({ event }) => event === 'reply')).toEqual([]);
  });

  test('waits while somebody is writing, some seconds at most', async () => {
    const chat = await group();
    await say(sql, ana, chat, 'What is lagan?');
    await as(sql, person(ben.id), (tx) => tx`select public.beat(${chat}, true, true)`);
    await sql`update public.reply_jobs set run_after = now() where chat_id = ${chat}`;
    expect(await claim(chat)).toBeNull();
    await ready(chat);
    expect(await claim(chat)).not.toBeNull();
  });

  test('is settled without a model where people speak to each other', async () => {
    const chat = await group();
    const [row] = await sql<{ username: string }[]>`select username from public.profiles where id = ${ben.id}`;
    const named = await say(sql, ana, chat, `@${row?.username} are you coming?`);
    expect(await silence(chat, named)).toBe('addressed_to_people');
    const answered = await say(sql, ben, chat, 'yes', { replyTo: named });
    expect(await silence(chat, answered)).toBe('addressed_to_people');
    expect(await silence(chat, await say(sql, ana, chat, '@all be there'))).toBe('addressed_to_people');
  });

  test('has a share: at most one of as many messages as there are members', async () => {
    const chat = await group();
    await speak(chat);
    for (const text of ['one', 'two', 'three'])
      expect(await silence(chat, await say(sql, ana, chat, text))).toBe('spoke_lately');
    const fourth = await say(sql, ana, chat, 'four');
    expect(await silence(chat, fourth)).toBeUndefined();
  });

  test.each(['@ai quiet', '@AI please stop!', '@sideroom be quiet now', '@ai sei still'])(
    '“%s” cools it down for half an hour, and it is answered all the same when it is asked',
    async (text) => {
      const chat = await group();
      await say(sql, ana, chat, text);
      expect(await silence(chat, await say(sql, ben, chat, 'what is lagan?'))).toBe('asked_to_be_quiet');
      await say(sql, ben, chat, '@ai what is lagan?');
      expect((await jobsIn(chat)).at(-1)).toMatchObject({ kind: 'answer', state: 'queued' });
      await sql`update public.chats set quiet_until = now() where id = ${chat}`;
      const later = await say(sql, cleo, chat, 'and jetsam?');
      expect(await silence(chat, later)).toBeUndefined();
    },
  );

  test('right after the AI spoke, a bare “stop” is meant for it; among people it is not', async () => {
    const quietIn = async (chat: string) => {
      const [row] = await sql`select quiet_until from public.chats where id = ${chat}`;
      return row?.quiet_until !== null;
    };
    const [one, other] = [await group(), await group()];
    await speak(one);
    await say(sql, ben, one, 'Stop');
    await say(sql, ana, other, 'I am driving');
    await say(sql, ben, other, 'Stop');
    expect([await quietIn(one), await quietIn(other)]).toEqual([true, false]);
    await say(sql, ana, other, '@ai how do I stop a process?');
    expect(await quietIn(other)).toBe(false);
  });

  test.each([
    ...['@ai quiet', '@AI please stop!', '@sideroom be quiet now', '@ai sei still', '@ai can you be quiet for a bit?'],
    ...['Sideroom, hush', 'hey ai, stay out of it', '@ai shut up, we are trying to sleep', '@ai thanks, that’s enough'],
    ...[
      '@ai bitte ruhe, wir sind im Kino',
      '@ai silenzio',
      '@ai tais-toi stp, on regarde le film',
      '@ai cicho',
      '@ai 黙って',
    ],
  ])('“%s” is heard as a request for quiet', async (text) => {
    expect(await asksForQuiet(text)).toBe(true);
  });

  test.each([
    ...['@ai how do I stop a process?', '@ai translate “be quiet” please', '@ai stop, what is lagan instead?', '@ai'],
    ...['@ai write a toast: friends, be quiet, please', '@ai no more jokes about cats', '@ai is silence golden?'],
    ...['@ai please quiet the noise in this sentence', '@ai enough salt for four?', '@ai wie bleibt ein Baby still?'],
    ...['j’ai silence', 'The AI should be quiet, he said', '@ai don’t be quiet', '@ai stop the clock'],
  ])('“%s” is no request for quiet', async (text) => {
    expect(await asksForQuiet(text)).toBe(false);
  });

  test('[AI4] whoever asks for quiet gets a sign and no sentence, and what it was about to consider is over', async () => {
    const chat = await group();
    const open = await say(sql, ana, chat, 'where do we go on Sunday?');
    const asked = await say(sql, ben, chat, '@ai please stop');
    expect(await jobsIn(chat)).toMatchObject([
      { kind: 'turn', state: 'silent', trigger_message_id: open, decision: { reason: 'asked_to_be_quiet' } },
      { kind: 'turn', state: 'silent', trigger_message_id: asked, decision: { action: 'react' } },
    ]);
    expect(await reactionsTo(asked)).toEqual([{ emoji: '👍', user_ids: ['ai'] }]);
  });

  test('[AI4] [AI2] who only thanks it gets a sign; who asks along with it, or in a chat of their own, gets an answer', async () => {
    const chat = await group();
    await speak(chat);
    const [spoken] = await sql`select id from public.messages where chat_id = ${chat} and kind = 'assistant'`;
    for (const text of ['perfect, thanks!', 'Vielen Dank', 'ありがとう！', 'that was it, thank you so much 🙂']) {
      const thanks = await say(sql, ana, chat, text, { replyTo: spoken?.id });
      expect(await reactionsTo(thanks), text).toEqual([{ emoji: '❤️', user_ids: ['ai'] }]);
      expect((await jobsIn(chat)).at(-1)).toMatchObject({ state: 'silent', decision: { reason: 'thanked' } });
    }
    for (const text of ['thanks! and jetsam?', 'make it shorter, thanks', 'thanks for nothing, that is wrong']) {
      await say(sql, ana, chat, text, { replyTo: spoken?.id });
      expect((await jobsIn(chat)).at(-1), text).toMatchObject({ kind: 'answer', state: 'queued' });
    }
    const solo = await createSolo(sql, ana);
    await say(sql, ana, solo, 'thanks');
    expect(await jobsIn(solo)).toMatchObject([{ kind: 'answer' }]);
  });

  test('a question right after its words goes on with them: the share does not keep it from being considered', async () => {
    const chat = await group();
    await speak(chat);
    const on = await say(sql, ana, chat, 'and jetsam?');
    expect(await silence(chat, on)).toBeUndefined();
    expect(await silence(chat, await say(sql, ana, chat, 'and flotsam?'))).toBe('spoke_lately');
  });

  test('after a question of the AI, a single word is an answer', async () => {
    const chat = await group();
    await sql`insert into public.messages (id, chat_id, kind, author_id, body)
      values (gen_random_uuid(), ${chat}, 'assistant', null, 'What breaks when you say it?')`;
    expect(await silence(chat, await say(sql, ana, chat, 'Silence'))).toBe('spoke_lately');
  });

  test('never follows its own words or a notice', async () => {
    const chat = await group();
    await speak(chat);
    await as(sql, person(ana.id), (tx) => tx`select public.rename_chat(${chat}, 'Other name')`);
    expect(await jobsIn(chat)).toEqual([]);
  });

  test('becomes an answer, which all see coming from then on, or nothing', async () => {
    const chat = await group();
    await say(sql, ana, chat, 'What is lagan?');
    await ready(chat);
    const job = (await claim(chat)) as TurnClaim;
    expect(await decide(job, { by: 'gate', action: 'reply', reason: 'open question' })).toBe(true);
    expect(await jobsIn(chat)).toMatchObject([{ kind: 'answer', state: 'running', decision: { action: 'reply' } }]);
    const told = (await broadcasts(sql, `chat:${chat}`)).filter(({ event }) => event === 'reply');
    expect(told).toHaveLength(1);
    // Whoever does not hold the lease decides nothing.
    expect(await decide(job, { by: 'gate', action: 'silent', reason: 'x' })).toBe(false);
  });

  test('that cannot be decided ends silently after three tries, without a message', async () => {
    const chat = await group();
    await say(sql, ana, chat, 'hm');
    for (let attempt = 0; attempt < 3; attempt++) {
      await ready(chat);
      expect(await claim(chat)).not.toBeNull();
      await sql`update public.reply_jobs set lease_until = now() - interval '1 second' where chat_id = ${chat}`;
    }
    expect((await claim(chat))?.lease).toBeNull();
    expect(await jobsIn(chat)).toMatchObject([{ state: 'silent', decision: { reason: 'could_not_decide' } }]);
    expect(await sql`select 1 from public.messages where chat_id = ${chat} and kind = 'assistant'`).toHaveLength(0);
  });
});

describe('[AI4] reactions of the AI', () => {
  async function react(who: TestPerson, chat: string, emoji: string): Promise<{ message: string; reactions: unknown }> {
    const message = await say(sql, who, chat, 'We did it');
    await ready(chat);
    const job = (await claim(chat)) as TurnClaim;
    await decide(job, { by: 'gate', action: 'react', reason: 'good news', emoji }, message);
    const [row] = await sql<{ reactions: unknown }[]>`select reactions from public.messages where id = ${message}`;
    return { message, reactions: row?.reactions };
  }

  test('stand among those of people', async () => {
    const chat = await group();
    const { message, reactions } = await react(ana, chat, '🎉');
    expect(reactions).toEqual([{ emoji: '🎉', user_ids: ['ai'] }]);
    await as(sql, person(ben.id), (tx) => tx`select public.set_reaction(${message}, '🎉', true)`);
    const [row] = await sql`select reactions from public.messages where id = ${message}`;
    expect(row?.reactions).toEqual([{ emoji: '🎉', user_ids: ['ai', ben.id] }]);
  });

  test('are at most 20 an hour in a chat, one emoji each, and of this chat', async () => {
    const chat = await group();
    for (let count = 0; count < 20; count++) expect((await react(ana, chat, '👍')).reactions).toHaveLength(1);
    const over = await react(ana, chat, '👍');
    expect(over.reactions).toEqual([]);
    expect(await silence(chat, over.message)).toBe('reacted_enough');
    await sql`update private.assistant_reactions set created_at = created_at - interval '1 hour' where chat_id = ${chat}`;
    expect((await react(ana, chat, 'words')).reactions).toEqual([]);
    expect((await react(ana, chat, '👍')).reactions).toHaveLength(1);
    const foreign = await say(sql, ana, await group(), 'elsewhere');
    await say(sql, ana, chat, 'here');
    await ready(chat);
    await decide((await claim(chat)) as TurnClaim, { by: 'gate', action: 'react', reason: 'x', emoji: '👍' }, foreign);
    const [row] = await sql`select reactions from public.messages where id = ${foreign}`;
    expect(row?.reactions).toEqual([]);
  });
});

test('[AI12] any member moves the threshold, a step at a time, within bounds', async () => {
  const chat = await group();
  const tune = (who: TestPerson, step: number) =>
    as(sql, person(who.id), (tx) => tx`select public.tune_replies(${chat}, ${step})`);
  const level = async () => (await sql`select talkativeness from public.chats where id = ${chat}`)[0]?.talkativeness;
  for (let times = 0; times < 5; times++) await tune(ben, 7);
  expect(await level()).toBe(3);
  await tune(ana, -1);
  expect(await level()).toBe(2);
  expect(await refusal(tune(await createPerson(sql, 'stranger'), 1))).toBe('SR002');
});
