import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { createGroup, expire, invite, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, createUser } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const preview = (token: string, user: string | null = null) =>
  as(
    sql,
    SERVICE,
    (tx) => tx<{ preview: Record<string, unknown> }[]>`select public.preview_invite(${token}, ${user}) as preview`,
  );

const uses = async (token: string) => {
  const hash = createHash('sha256').update(token).digest();
  const [row] = await sql<{ uses: number }[]>`select uses from public.invites where token_hash = ${hash}`;
  return row?.uses;
};

test('[INV2] a token has 128 bits, no two are alike, and the database holds its hash only', async () => {
  const chat = await createGroup(sql, ana);
  const tokens = await Promise.all(Array.from({ length: 20 }, () => invite(sql, ana, chat)));
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(16);
  expect(new Set(tokens).size).toBe(20);
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'private', 'realtime')`;
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ found: boolean }[]>(
      `select exists (select 1 from ${name} t where t::text like '%${tokens[0]}%') as found`,
    );
    expect(row?.found, `token in ${name}`).toBe(false);
  }
  expect(await uses(tokens[0] ?? '')).toBe(0);
});

test('[INV2] unknown, expired, revoked and used-up tokens are refused alike', async () => {
  const chat = await createGroup(sql, ana);
  const revoked = await invite(sql, ana, chat);
  await as(sql, person(ana.id), (tx) => tx`select public.reset_invites(${chat})`);
  const expired = await invite(sql, ana, chat);
  await expire(sql, expired);
  const usedUp = await invite(sql, ana, chat, { maxUses: 1 });
  await redeem(sql, usedUp, await createPerson(sql));
  const errors = await Promise.all(
    ['AAAAAAAAAAAAAAAAAAAAAA', '', expired, revoked, usedUp].flatMap((token) =>
      [preview(token), preview(token, ben.id), redeem(sql, token, ben)].map((work) =>
        work.then(
          () => 'accepted',
          ({ code, message, detail, hint }) => JSON.stringify({ code, message, detail, hint }),
        ),
      ),
    ),
  );
  expect(Object.keys(tally(errors))).toEqual([
    JSON.stringify({ code: 'SR004', message: 'invite not valid', detail: undefined, hint: 'Ask for a new link.' }),
  ]);
});

test('[INV3] a reset kills every earlier link at once, and no later one', async () => {
  const chat = await createGroup(sql, ana);
  const earlier = [await invite(sql, ana, chat), await invite(sql, ana, chat, { expiresIn: null })];
  const elsewhere = await invite(sql, ana, await createGroup(sql, ana));
  const [reset] = await as(sql, person(ana.id), (tx) => tx`select public.reset_invites(${chat}) as count`);
  expect(reset?.count).toBe(2);
  const later = await invite(sql, ana, chat);
  for (const token of earlier) expect(await refusal(redeem(sql, token, ben))).toBe('SR004');
  expect(await refusal(redeem(sql, later, ben))).toBe('accepted');
  expect(await refusal(redeem(sql, elsewhere, ben))).toBe('accepted');
});

test('[INV4] a preview tells name, member count and inviter, never messages, and spends no use', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await say(sql, ana, chat, 'a secret');
  const token = await invite(sql, ana, chat, { maxUses: 1 });
  const [seen] = await preview(token);
  expect(seen?.preview).toEqual({
    title: 'Test group',
    member_count: 2,
    max_members: 20,
    needs_approval: false,
    page: null,
    waiting: false,
    inviter: 'ana',
    chat_id: null,
  });
  for (let i = 0; i < 5; i++) await preview(token, randomUUID());
  expect(await uses(token)).toBe(0);
  expect(await refusal(redeem(sql, token, await createPerson(sql)))).toBe('accepted');
});

test('[INV4] a member who opens the link is told which chat it is, even when the link is dead', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const token = await invite(sql, ana, chat);
  await expire(sql, token);
  const [seen] = await preview(token, ben.id);
  expect(seen?.preview.chat_id).toBe(chat);
  expect(await redeem(sql, token, ben)).toEqual({ chat_id: chat, joined: false, waiting: false });
});

test('[INV4] redeeming twice is one membership and one use, one after the other and at once', async () => {
  const chat = await createGroup(sql, ana);
  const token = await invite(sql, ana, chat, { maxUses: 5 });
  expect(await redeem(sql, token, ben)).toEqual({ chat_id: chat, joined: true, waiting: false });
  expect(await redeem(sql, token, ben)).toEqual({ chat_id: chat, joined: false, waiting: false });
  const cleo = await createPerson(sql, 'cleo');
  const results = await Promise.all(Array.from({ length: 8 }, () => redeem(sql, token, cleo)));
  expect(results.filter((result) => result.joined)).toHaveLength(1);
  expect(await uses(token)).toBe(2);
  expect(await sql`select 1 from public.members where chat_id = ${chat}`).toHaveLength(3);
  expect(
    await sql`select 1 from public.messages where chat_id = ${chat} and notice ->> 'type' = 'joined'`,
  ).toHaveLength(2);
});

test('[INV4] one person redeeming two links of a group at once is one membership', async () => {
  const chat = await createGroup(sql, ana);
  const tokens = await Promise.all([invite(sql, ana, chat), invite(sql, ana, chat)]);
  const results = await Promise.all(tokens.map((token) => redeem(sql, token, ben)));
  expect(results.filter((result) => result.joined)).toHaveLength(1);
  expect((await Promise.all(tokens.map(uses))).toSorted()).toEqual([0, 1]);
});

test('[INV1] a link for 5 seats 5 of 12 who come at once', async () => {
  const chat = await createGroup(sql, ana);
  const token = await invite(sql, ana, chat, { maxUses: 5 });
  const guests = [];
  while (guests.length < 12) guests.push(await createPerson(sql, 'guest'));
  const outcomes = await Promise.all(guests.map((guest) => refusal(redeem(sql, token, guest))));
  expect(tally(outcomes)).toEqual({ accepted: 5, SR004: 7 });
});

test('[INV8] nobody joins before having a profile', async () => {
  const chat = await createGroup(sql, ana);
  const token = await invite(sql, ana, chat);
  expect(await refusal(redeem(sql, token, await createUser(sql)))).toBe('SR005');
  expect(await uses(token)).toBe(0);
});

test('[MEM5] a removed person comes back by a valid invite only', async () => {
  const chat = await createGroup(sql, ana);
  const token = await invite(sql, ana, chat, { maxUses: 5 });
  await redeem(sql, token, ben);
  await removeMember(sql, ana, chat, ben);
  expect(await redeem(sql, token, ben)).toEqual({ chat_id: chat, joined: true, waiting: false });
  expect(await uses(token), 'the same person counts once').toBe(1);
  await removeMember(sql, ana, chat, ben);
  await as(sql, person(ana.id), (tx) => tx`select public.reset_invites(${chat})`);
  expect(await refusal(redeem(sql, token, ben))).toBe('SR004');
});
