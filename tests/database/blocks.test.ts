import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { createGroup, expire, invite, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();

const block = (who: TestPerson, whom: { readonly id: string }, on = true) =>
  as(sql, person(who.id), (tx) => tx`select public.set_block(${whom.id}, ${on})`);
const blocksOf = async (who: TestPerson) =>
  (await as(sql, person(who.id), (tx) => tx<{ id: string }[]>`select b ->> 'id' as id from public.my_blocks() b`)).map(
    ({ id }) => id,
  );
const attempt = async (token: string, who: TestPerson, redeeming: boolean) =>
  (
    await as(
      sql,
      SERVICE,
      (tx) => tx<{ kind: string }[]>`
        select public.try_invite(${token}, ${who.id}, ${who.id.replaceAll('-', '').padEnd(64, '0')}, ${redeeming}) ->> 'kind' as kind`,
    )
  )[0]?.kind;
const mentioned = async (who: TestPerson, chat: string) =>
  (
    await as(
      sql,
      person(who.id),
      (tx) => tx<{ mentioned: boolean }[]>`
        select (c ->> 'mentioned')::boolean as mentioned from public.my_chats() c where c ->> 'id' = ${chat}`,
    )
  )[0]?.mentioned;

async function pair() {
  const ana = await createPerson(sql, 'ana');
  const ben = await createPerson(sql, 'ben');
  const chat = await createGroup(sql, ana, [ben]);
  return { ana, ben, chat };
}

describe('[SAFE5] blocking somebody', () => {
  test('is one’s own, once, and taken back', async () => {
    const { ana, ben } = await pair();
    await block(ana, ben);
    await block(ana, ben);
    expect(await blocksOf(ana)).toEqual([ben.id]);
    expect(await blocksOf(ben)).toEqual([]);
    await block(ana, ben, false);
    await block(ana, ben, false);
    expect(await blocksOf(ana)).toEqual([]);
  });

  test('takes people of one’s chats, so that ids cannot be tried', async () => {
    const { ana } = await pair();
    const stranger = await createPerson(sql, 'stranger');
    for (const id of [stranger.id, ana.id, '00000000-0000-4000-8000-000000000000'])
      expect(await refusal(block(ana, { id }))).toBe('SR007');
  });

  test.for([false, true])(
    'neither comes by the other’s invite, which refuses as an expired one does (approval: %s)',
    async (needsApproval) => {
      const { ana, ben } = await pair();
      const [of, to] = [await createGroup(sql, ben), await createGroup(sql, ana)];
      const [bens, anas] = [
        await invite(sql, ben, of, { needsApproval }),
        await invite(sql, ana, to, { needsApproval }),
      ];
      expect([await attempt(bens, ana, false), await attempt(anas, ben, false)]).toEqual(['open', 'open']);
      await block(ana, ben);
      for (const redeeming of [false, true])
        expect([await attempt(bens, ana, redeeming), await attempt(anas, ben, redeeming)]).toEqual(['wrong', 'wrong']);
      const refused = (token: string) =>
        as(sql, SERVICE, (tx) => tx`select public.preview_invite(${token}, ${ben.id})`).catch((error: Error) => error);
      const apart = await refused(anas);
      await expire(sql, anas);
      expect(apart, 'nothing tells the one from the other').toMatchObject({ ...(await refused(anas)) });
      const [others] = await sql`
      select count(*)::int as rows from public.members where chat_id in (${of}, ${to}) and user_id in (${ana.id}, ${ben.id})`;
      expect(others?.rows).toBe(2);
      await block(ana, ben, false);
      expect(await attempt(bens, ana, true)).toBe('open');
    },
  );

  test('others still come by their invites, and a shared group stays open', async () => {
    const { ana, ben, chat } = await pair();
    const cleo = await createPerson(sql, 'cleo');
    await block(ana, ben);
    expect(await attempt(await invite(sql, ben, chat), ana, false), 'she is in it already').toBe('open');
    expect((await redeem(sql, await invite(sql, ben, chat), cleo)).joined).toBe(true);
  });

  test('their mentions do not count, those of others do', async () => {
    const { ana, ben, chat } = await pair();
    const cleo = await createPerson(sql, 'cleo');
    await redeem(sql, await invite(sql, ana, chat), cleo);
    await say(sql, ben, chat, `@${ana.username} hello`);
    expect(await mentioned(ana, chat)).toBe(true);
    await block(ana, ben);
    expect(await mentioned(ana, chat)).toBe(false);
    await say(sql, ben, chat, '@all hello');
    expect([await mentioned(ana, chat), await mentioned(cleo, chat)]).toEqual([false, true]);
    await say(sql, cleo, chat, `@${ana.username} he means you`);
    expect(await mentioned(ana, chat)).toBe(true);
  });

  test('changes nothing that the other could see', async () => {
    const { ana, ben, chat } = await pair();
    const message = await say(sql, ben, chat, `@${ana.username} hello`);
    const seen = async () =>
      JSON.stringify([
        await as(sql, person(ben.id), (tx) => tx`select * from public.messages order by seq`),
        await as(sql, person(ben.id), (tx) => tx`select * from public.members order by user_id`),
        await as(sql, person(ben.id), (tx) => tx`select * from public.profiles order by id`),
        await as(sql, person(ben.id), (tx) => tx`select * from public.changes order by seq`),
        await as(sql, person(ben.id), (tx) => tx`select public.my_chats()`),
        await as(sql, person(ben.id), (tx) => tx`select * from public.audit_events order by id`),
        await sql`select topic, payload from realtime.messages where topic <> ${`user:${ana.id}`} and topic like ${`%${chat}%`} order by inserted_at`,
      ]);
    const before = await seen();
    await block(ana, ben);
    expect(await seen()).toBe(before);
    const again = await say(sql, ben, chat, `@${ana.username} hello again`);
    const rows = await sql<
      { mentions: string[] }[]
    >`select mentions from public.messages where id in (${message}, ${again})`;
    expect(rows.map(({ mentions }) => mentions)).toEqual([[ana.id], [ana.id]]);
  });
});
