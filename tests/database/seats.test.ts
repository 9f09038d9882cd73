import { expect, test } from 'vitest';
import { createCrowd, createGroup, createSolo, invite, leave, redeem, removeMember } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';

const { sql } = await useDatabase();

const members = (chat: string) => sql`select 1 from public.members where chat_id = ${chat}`;

async function createPeople(count: number): Promise<TestPerson[]> {
  const people: TestPerson[] = [];
  while (people.length < count) people.push(await createPerson(sql, 'guest'));
  return people;
}

test('[CHAT5] 40 people redeeming at once into 5 free seats seat exactly 5', async () => {
  const { chat, members: inside } = await createCrowd(sql, 15);
  const [creator] = inside;
  if (creator === undefined) throw new Error('no creator');
  const guests = await createPeople(40);
  const token = await invite(sql, creator, chat);
  const outcomes = await Promise.all(guests.map((guest) => refusal(redeem(sql, token, guest))));
  expect(tally(outcomes)).toEqual({ accepted: 5, SR003: 35 });
  expect(await members(chat)).toHaveLength(20);
  const [used] = await sql`select sum(uses)::int as uses from public.invites where chat_id = ${chat}`;
  expect(used?.uses).toBe(14 + 5);
});

test('[CHAT5] the table holds the limit by itself, however its rows come', async () => {
  const { chat } = await createCrowd(sql, 15);
  const guests = await createPeople(20);
  const outcomes = await Promise.all(
    guests.map(({ id }) => refusal(sql`insert into public.members (chat_id, user_id) values (${chat}, ${id})`)),
  );
  expect(tally(outcomes)).toEqual({ accepted: 5, SR003: 15 });
});

test('[CHAT5] the limit holds across several invites redeemed at once, and none of them deadlocks', async () => {
  const { chat, members: inside } = await createCrowd(sql, 17);
  const guests = await createPeople(20);
  const tokens = await Promise.all(inside.slice(0, 4).map((member) => invite(sql, member, chat)));
  const outcomes = await Promise.all(
    guests.flatMap((guest, i) => [
      refusal(redeem(sql, tokens[i % 4] ?? '', guest)),
      refusal(redeem(sql, tokens[(i + 1) % 4] ?? '', guest)),
    ]),
  );
  expect(Object.keys(tally(outcomes)).toSorted()).toEqual(['SR003', 'accepted']);
  expect(await members(chat)).toHaveLength(20);
});

test('[CHAT5] a full group stays full when somebody goes and 10 want the seat', async () => {
  const { chat, members: inside } = await createCrowd(sql, 20);
  const [creator, second] = inside;
  if (creator === undefined || second === undefined) throw new Error('no members');
  const token = await invite(sql, creator, chat);
  const guests = await createPeople(10);
  const outcomes = Promise.all(guests.map((guest) => refusal(redeem(sql, token, guest))));
  await removeMember(sql, creator, chat, second);
  const seated = tally(await outcomes).accepted ?? 0;
  expect(seated).toBeLessThanOrEqual(1);
  expect(await members(chat)).toHaveLength(19 + seated);
});

test('[CHAT1] a solo chat seats one person, whatever is tried', async () => {
  const ana = await createPerson(sql, 'ana');
  const ben = await createPerson(sql, 'ben');
  const chat = await createSolo(sql, ana);
  expect(await refusal(invite(sql, ana, chat))).toBe('SR007');
  expect(await refusal(sql`insert into public.members (chat_id, user_id) values (${chat}, ${ben.id})`)).toBe('SR003');
});

test('a closed group seats nobody', async () => {
  const ana = await createPerson(sql, 'ana');
  const ben = await createPerson(sql, 'ben');
  const chat = await createGroup(sql, ana);
  const token = await invite(sql, ana, chat, { expiresIn: null });
  await leave(sql, ana, chat);
  expect(await refusal(redeem(sql, token, ben))).toBe('SR004');
  expect(await refusal(sql`insert into public.members (chat_id, user_id) values (${chat}, ${ben.id})`)).toBe('SR007');
});
