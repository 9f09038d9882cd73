import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { block as setBlock } from './support/blocks.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, expire, invite, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();

const block = setBlock.bind(null, sql);
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

  test('is told to nobody in words', async () => {
    const { ana, ben, chat } = await pair();
    const cleo = await createPerson(sql, 'cleo');
    await redeem(sql, await invite(sql, ana, chat), cleo);
    const before = (await broadcasts(sql, '')).length;
    await block(ana, ben);
    const told = (await broadcasts(sql, '')).length - before;
    const onTopics = (await broadcasts(sql, 'user:')).filter(({ payload }) => payload.chat_id === chat).slice(-3);
    expect(told, 'each member of the new topic, and Ana’s other browsers of the block').toBe(4);
    expect(onTopics.map(({ event, payload }) => [event, payload])).toEqual(
      Array(3).fill(['membership', { chat_id: chat, member: true }]),
    );
    for (const other of [ben, cleo])
      expect([...(await as(sql, person(other.id), (tx) => tx`select * from public.blocks`))]).toEqual([]);
    const [change] = await sql`select * from public.changes where chat_id = ${chat} order by seq desc limit 1`;
    expect([ana.id, ben.id, cleo.id]).not.toContain(change?.entity_id);
    const notices = await sql<
      { type: string }[]
    >`select distinct notice ->> 'type' as type from public.messages where chat_id = ${chat}`;
    expect(notices.map(({ type }) => type).toSorted()).toEqual(['created', 'joined']);
    expect(JSON.stringify(await sql`select * from public.audit_events where chat_id = ${chat}`)).not.toContain('block');
  });
});
