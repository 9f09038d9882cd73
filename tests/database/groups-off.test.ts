import { expect, test } from 'vitest';
import { CALLABLE } from './access/functions.ts';
import { TABLES } from './access/tables.ts';
import { createWorld } from './access/world.ts';
import { as, become, person } from './support/actors.ts';
import { attempt } from './support/attempt.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, createSolo, insertMessage, invite, leave, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask, claim, claimLeased, finish } from './support/replies.ts';
import { hold, waitForBlocked } from './support/waiting.ts';
import { bornOn, createFamily, setGroups, turning } from './support/young.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');

const { guardian, minor } = await createFamily(sql);
const chat = await createGroup(sql, ana, [minor]);
const solo = await createSolo(sql, minor);
await say(sql, minor, chat, 'said before');
await setGroups(sql, guardian, minor, false);

const rowsOf = async (statement: string, who = minor) =>
  (await as(sql, person(who.id), (tx) => tx.unsafe(statement))).length;

test('[SAFE2] with groups off nothing of a group is readable, and solo chats are', async () => {
  await say(sql, minor, solo, 'my own');
  for (const table of ['messages', 'changes', 'members', 'audit_events'])
    expect(await rowsOf(`select 1 from public.${table} where chat_id = '${chat}'`), table).toBe(0);
  expect(await rowsOf('select 1 from public.chats')).toBe(1);
  expect(await rowsOf('select public.my_chats()')).toBe(1);
  expect(await rowsOf(`select public.catch_up('${chat}', 0)`)).toBe(0);
  expect(await rowsOf(`select public.search_messages('said')`)).toBe(0);
  expect(await rowsOf(`select public.search_messages('own')`)).toBe(1);
  expect(await rowsOf(`select 1 from public.profiles where id = '${ana.id}'`)).toBe(0);
  expect(await rowsOf(`select 1 from public.members where chat_id = '${chat}'`, ana), 'still a member to others').toBe(
    2,
  );
});

test('[SAFE2] with groups off none is made, joined, asked to be joined or written to', async () => {
  const group = refusal(
    as(sql, person(minor.id), (tx) => tx`select public.create_chat(gen_random_uuid(), 'group', 'Mine')`),
  );
  expect(await group).toBe('SR086');
  const other = await createGroup(sql, ana);
  expect(await refusal(redeem(sql, await invite(sql, ana, other), minor))).toBe('SR086');
  expect(await refusal(redeem(sql, await invite(sql, ana, other, { needsApproval: true }), minor))).toBe('SR086');
  expect(await refusal(say(sql, minor, chat, 'hi'))).not.toBe('accepted');
  const copy = as(
    sql,
    { role: 'service_role' },
    (tx) => tx`select public.copy_chat(${solo}, ${minor.id}, gen_random_uuid(), 'Copy', '{}', '{}')`,
  );
  expect(await refusal(copy)).toBe('SR086');
  expect(await refusal(createSolo(sql, minor))).toBe('accepted');
});

test('[SAFE2] whoever lets a minor in whose groups were turned off meanwhile is not told why', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana);
  await redeem(sql, await invite(sql, ana, group, { needsApproval: true }), family.minor);
  const accept = () =>
    refusal(as(sql, person(ana.id), (tx) => tx`select public.answer_request(${group}, ${family.minor.id}, true)`));
  const busy = await hold(sql, async (tx) => {
    await become(tx, person(family.guardian.id));
    await tx`select public.set_group_chats(${family.minor.id}, false)`;
  });
  const accepting = accept();
  await waitForBlocked(sql, 1);
  await busy.commit();
  expect(await accepting, 'as for one that was withdrawn').toBe('accepted');
  expect(await accept()).toBe('accepted');
  expect(await rowsOf(`select 1 from public.members where chat_id = '${group}'`, ana)).toBe(1);
});

test('[SAFE2] every topic of theirs ends at once; the others go on in the new one, and are told nothing else', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana, [family.minor]);
  const before = await topicOf(sql, group);
  const [sent, told] = [(await broadcasts(sql, before)).length, (await broadcasts(sql, `user:${ana.id}`)).length];
  await setGroups(sql, family.guardian, family.minor, false);
  await say(sql, ana, group, 'the others go on');
  const after = await topicOf(sql, group);
  expect(after).not.toBe(before);
  expect(await broadcasts(sql, before)).toHaveLength(sent);
  const hears = async (topic: string, who = family.minor) =>
    (await as(sql, person(who.id), (tx) => tx`select private.can_receive(${topic}) as yes`))[0]?.yes;
  expect([await hears(before), await hears(after), await hears(`user:${family.minor.id}`)]).toEqual([
    false,
    false,
    true,
  ]);
  expect(await hears(after, ana)).toBe(true);
  const news = (await broadcasts(sql, `user:${ana.id}`)).slice(told);
  expect(news.map(({ event, payload }) => ({ event, payload }))).toEqual([
    { event: 'membership', payload: { chat_id: group, member: true } },
  ]);
  const own = await broadcasts(sql, `user:${family.minor.id}`);
  expect(
    own
      .slice(-2)
      .map(({ event }) => event)
      .toSorted(),
  ).toEqual(['guardian', 'membership']);
});

test('[SAFE2] a message that waited for the lock while groups were turned off is refused', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana, [family.minor]);
  const busy = await hold(sql, async (tx) => {
    await become(tx, person(family.guardian.id));
    await tx`select public.set_group_chats(${family.minor.id}, false)`;
  });
  const sending = refusal(as(sql, person(family.minor.id), (tx) => insertMessage(tx, group, 'one last word')));
  await waitForBlocked(sql, 1);
  await busy.commit();
  expect(await sending).toBe('SR086');
});

test('[SAFE2] a group that is being joined while groups are turned off is found, and its topic ends too', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana);
  const token = await invite(sql, ana, group);
  const joining = await hold(sql, async (tx) => {
    await become(tx, { role: 'service_role' });
    await tx`select public.redeem_invite(${token}, ${family.minor.id})`;
  });
  const turning = setGroups(sql, family.guardian, family.minor, false);
  await waitForBlocked(sql, 1);
  await joining.commit();
  await turning;
  expect(await topicOf(sql, group)).toBe(`chat:${group}:2`);
  expect(await rowsOf('select 1 from public.chats', family.minor)).toBe(0);
});

test('[SAFE2] the AI is given nothing of what they asked in groups, and the question ends unanswered', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana, [family.minor]);
  await ask(sql, family.minor, group);
  const running = await claimLeased(sql, group);
  await ask(sql, family.minor, group, '@ai and then?');
  await setGroups(sql, family.guardian, family.minor, false);
  const [care] = await sql`select private.reply_care(${running.job_id}, ${running.lease}) as care`;
  expect(care?.care).toBeNull();
  await finish(sql, running, { state: 'stopped', body: '' });
  expect(await claim(sql, group)).toMatchObject({ lease: null });
  expect(await sql`select 1 from public.messages where chat_id = ${group} and kind = 'assistant'`).toHaveLength(0);
});

test('[SAFE2] turning groups on, or the 18th birthday, gives everything back', async () => {
  for (const giveBack of [
    (family: Awaited<ReturnType<typeof createFamily>>) => setGroups(sql, family.guardian, family.minor, true),
    async (family: Awaited<ReturnType<typeof createFamily>>) => bornOn(sql, family.minor, await turning(sql, 18)),
  ]) {
    const family = await createFamily(sql);
    const group = await createGroup(sql, family.minor, [ana]);
    await say(sql, family.minor, group, 'before');
    await setGroups(sql, family.guardian, family.minor, false);
    await say(sql, ana, group, 'meanwhile');
    await giveBack(family);
    expect(
      await rowsOf(`select 1 from public.messages where chat_id = '${group}' and kind = 'member'`, family.minor),
    ).toBe(2);
    expect(await refusal(say(sql, family.minor, group, 'back'))).toBe('accepted');
    const [row] = await sql`select role from public.members where chat_id = ${group} and user_id = ${family.minor.id}`;
    expect(row?.role).toBe('creator');
  }
});

test('[SAFE2] with groups off nobody is told that they have read, or are here', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana, [family.minor]);
  await as(sql, person(family.minor.id), (tx) => tx`select public.beat(${group}, true)`);
  await say(sql, ana, group, 'read this');
  await setGroups(sql, family.guardian, family.minor, false);
  await as(sql, person(family.minor.id), (tx) => tx`select public.mark_read(${group}, 99)`);
  expect(await broadcasts(sql, await topicOf(sql, group))).toEqual([]);
  expect(await rowsOf(`select public.present_members('${group}')`, ana)).toBe(0);
});

test('[SAFE2] they may still leave a group', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana, [family.minor]);
  await setGroups(sql, family.guardian, family.minor, false);
  await leave(sql, family.minor, group);
  expect(await rowsOf(`select 1 from public.members where chat_id = '${group}'`, ana)).toBe(1);
});

test('[SAFE2] nothing of a group comes on their own topic any more, but that they are not in it', async () => {
  const family = await createFamily(sql);
  const [ben, cleo] = [await createPerson(sql, 'ben'), await createPerson(sql, 'cleo')];
  const group = await createGroup(sql, ana, [family.minor, ben]);
  await setGroups(sql, family.guardian, family.minor, false);
  const own = `user:${family.minor.id}`;
  const before = (await broadcasts(sql, own)).length;
  await leave(sql, ben, group);
  await redeem(sql, await invite(sql, ana, group, { history: 'none' }), cleo);
  await as(sql, person(ana.id), (tx) => tx`select public.set_block(${cleo.id}, true)`);
  expect((await broadcasts(sql, own)).slice(before)).toEqual([]);
  await as(sql, person(ana.id), (tx) => tx`select public.remove_member(${group}, ${family.minor.id})`);
  expect((await broadcasts(sql, own)).slice(before).map(({ payload }) => payload)).toMatchObject([{ member: false }]);
});

test('[SAFE2] an old link tells them no more of their own group than it tells a stranger', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana);
  const token = await invite(sql, ana, group, { maxUses: 1 });
  await redeem(sql, token, family.minor);
  const preview = () =>
    as(sql, { role: 'service_role' }, (tx) => tx`select public.preview_invite(${token}, ${family.minor.id}) as shown`);
  expect((await preview())[0]?.shown.chat_id, 'as a member').toBe(group);
  await setGroups(sql, family.guardian, family.minor, false);
  expect(await refusal(preview())).toBe('SR004');
  const open = await invite(sql, ana, group);
  const [seen] = await sql`select private.preview_invite(${open}, ${family.minor.id}) as shown`;
  expect(seen?.shown.chat_id).toBeNull();
});

test('[SAFE2] which models a group may have is not told either', async () => {
  const family = await createFamily(sql);
  const group = await createGroup(sql, ana, [family.minor]);
  await setGroups(sql, family.guardian, family.minor, false);
  const models = await as(sql, person(family.minor.id), (tx) => tx`select public.my_models(${group}) as models`);
  expect(models[0]?.models).toBeNull();
});

test('[SAFE2] to the group a request of theirs goes as one that was withdrawn', async () => {
  const changesAfter = async (
    take: (chat: string, family: Awaited<ReturnType<typeof createFamily>>) => Promise<unknown>,
  ) => {
    const family = await createFamily(sql);
    const group = await createGroup(sql, ana);
    await redeem(sql, await invite(sql, ana, group, { needsApproval: true }), family.minor);
    const [at] = await sql`select last_seq, epoch from public.chats where id = ${group}`;
    await take(group, family);
    const changes = await as(
      sql,
      person(ana.id),
      (tx) => tx`select public.catch_up(${group}, ${at?.last_seq}) as change`,
    );
    const [now] = await sql`select epoch from public.chats where id = ${group}`;
    expect(now?.epoch).toBe(at?.epoch);
    return changes.map(({ change }) => [change.kind, change.request, change.entity_id === family.minor.id]);
  };
  const withdrawn = await changesAfter((chat, { minor }) =>
    as(sql, person(minor.id), (tx) => tx`select public.withdraw_request(${chat})`),
  );
  const shutOut = await changesAfter((_, { guardian, minor }) => setGroups(sql, guardian, minor, false));
  expect(withdrawn).toEqual([['request', null, true]]);
  expect(shutOut).toEqual(withdrawn);
});

/** The group of the matrix with a member whose groups are off: all that the matrix knows must be closed to them as to whoever has left. */
const world = await createWorld(sql);
const shut = await createFamily(sql);
await redeem(sql, await invite(sql, world.creator, world.chat), shut.minor);
await setGroups(sql, shut.guardian, shut.minor, false);
const LEFT = 5;

/** What a minor is told otherwise than somebody who has left: that it is groups which are off, or of their age and guardian. */
const OTHERWISE: Readonly<Record<string, string | number>> = {
  create_chat: 'SR086',
  set_birth_date: 'SR082',
  make_guardian_code: 'SR083',
  try_guardian_code: 1,
  my_guardianships: 1,
  set_group_chats: 'SR085',
  // What they saw they may still report: nothing comes back, and the operator alone reads it.
  report_message: 1,
};

test.for(Object.entries(CALLABLE))('[SAFE2] with groups off: %s', async ([name, { call, outcomes }]) => {
  const found = await attempt(sql, person(shut.minor.id), call(world));
  const bare = /\.(\w+)\(/.exec(name)?.[1] ?? '';
  const expected = OTHERWISE[bare] ?? (outcomes[LEFT] === 'SR002' ? 'SR086' : outcomes[LEFT]);
  expect(found).toBe(expected);
});

const probes = Object.values(TABLES)
  .flat()
  .map((probe) => [`${probe.command} ${probe.what}`, probe] as const);

test.for(probes)('[SAFE2] with groups off: %s', async ([, { statement, prepare, outcomes }]) => {
  const found = await attempt(sql, person(shut.minor.id), statement(world), prepare?.(world));
  expect(found).toBe(outcomes[LEFT] === 'SR002' ? 'SR086' : outcomes[LEFT]);
});
