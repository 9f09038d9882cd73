import { expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, createSolo, invite, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const stranger = await createPerson(sql, 'stranger');

const report = (who: TestPerson, message: string, reason = 'hate', comment = '') =>
  as(sql, person(who.id), (tx) => tx`select public.report_message(${message}, ${reason}, ${comment})`);

interface Bundled {
  readonly id: string;
  readonly body: string;
  readonly author: string | null;
  readonly files: string[];
}
interface Queued {
  readonly id: string;
  readonly reporter_id: string | null;
  readonly author_id: string | null;
  readonly reason: string;
  readonly comment: string;
  readonly bundle: { chat: unknown; message: Bundled; before: Bundled[]; after: Bundled[] };
  readonly reports_of_message: string;
}
const queueOf = async (message: string) =>
  as(sql, SERVICE, (tx) => tx<Queued[]>`select * from public.report_queue where message_id = ${message}`);

test('[SAFE5] a report holds the message and a few around it, whatever becomes of them', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  for (const words of ['one', 'two', 'three', 'four', 'five']) await say(sql, ana, chat, words);
  const file = await attach(sql, ben, chat, { name: 'insult.png' });
  const bad = await say(sql, ben, chat, 'something vile', { attachmentIds: [file] });
  await say(sql, ana, chat, 'stop it');
  await report(ana, bad, 'harassment', '  He goes on and on. ');
  await as(sql, person(ben.id), (tx) => tx`select public.delete_message(${bad})`);
  const [queued] = await queueOf(bad);
  expect(queued).toMatchObject({
    reporter_id: ana.id,
    author_id: ben.id,
    reason: 'harassment',
    comment: 'He goes on and on.',
    reports_of_message: '1',
  });
  expect(queued?.bundle).toMatchObject({
    chat: { kind: 'group', title: 'Test group' },
    message: { id: bad, author: 'ben', body: 'something vile', files: ['insult.png'] },
  });
  expect(queued?.bundle.before.map(({ body }) => body)).toEqual(['two', 'three', 'four', 'five']);
  expect(queued?.bundle.after.map(({ body }) => body)).toEqual(['stop it']);
});

test('[SAFE5] the bundle holds nothing that the reporter may not read', async () => {
  const chat = await createGroup(sql, ana, []);
  await say(sql, ana, chat, 'before Ben came');
  await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), ben);
  const message = await say(sql, ana, chat, 'to Ben');
  await report(ben, message);
  expect((await queueOf(message))[0]?.bundle.before).toEqual([]);
});

test('[SAFE5] only what one can see is reported, once, and not one’s own', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const message = await say(sql, ben, chat, 'hm');
  const [notice] = await sql<
    { id: string }[]
  >`select id from public.messages where chat_id = ${chat} and kind = 'system'`;
  expect(await refusal(report(stranger, message))).toBe('SR007');
  expect(await refusal(report(ben, message))).toBe('SR007');
  expect(await refusal(report(ana, notice?.id ?? ''))).toBe('SR007');
  expect(await refusal(report(ana, message, 'because'))).toBe('23514');
  await report(ana, message);
  await report(ana, message);
  expect(await queueOf(message)).toHaveLength(1);
  const solo = await createSolo(sql, ana);
  const mine = await say(sql, ana, solo, 'to the AI');
  expect(await refusal(report(ben, mine))).toBe('SR007');
});

test('[SAFE5] ten reports an hour are the limit, also of many at once', async () => {
  const cleo = await createPerson(sql, 'cleo');
  const chat = await createGroup(sql, cleo, [ben]);
  const messages: string[] = [];
  while (messages.length < 14) messages.push(await say(sql, ben, chat, `spam ${messages.length}`));
  const outcomes = await Promise.all(messages.map((message) => refusal(report(cleo, message, 'spam'))));
  expect(tally(outcomes)).toEqual({ accepted: 10, SR071: 4 });
  await sql`update private.reports set created_at = created_at - interval '61 minutes' where reporter_id = ${cleo.id}`;
  expect(await refusal(report(cleo, messages[outcomes.indexOf('SR071')] ?? '', 'spam'))).toBe('accepted');
});

test('[SAFE5] the operator takes a report off the queue; half a year later it is gone', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const message = await say(sql, ben, chat, 'hm');
  await report(ana, message);
  const [queued] = await queueOf(message);
  await as(sql, SERVICE, (tx) => tx`select public.resolve_report(${queued?.id ?? ''}, 'warned')`);
  expect(await queueOf(message)).toHaveLength(0);
  const purge = () => as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
  const kept = () => sql`select from private.reports where id = ${queued?.id ?? ''}`;
  await purge();
  expect(await kept()).toHaveLength(1);
  await sql`update private.reports set resolved_at = resolved_at - interval '181 days' where id = ${queued?.id ?? ''}`;
  await purge();
  expect(await kept()).toHaveLength(0);
});
