import { describe, expect, test } from 'vitest';
import { DATA_PARTS, MORE_DATA_PARTS } from '../../lib/model/account.ts';
import { as, person } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, createSolo, invite, leave, redeem, say } from './support/chats.ts';
import { dataPages } from './support/data-pages.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask, claimLeased, finish } from './support/replies.ts';
import { createFamily, setGroups } from './support/young.ts';

const { sql } = await useDatabase();

/** Every part, as the panel asks for it. */
async function downloadOf(who: TestPerson): Promise<Record<string, Record<string, unknown>[]>> {
  const source = (part: string) =>
    part.startsWith('left_')
      ? 'my_left_data'
      : MORE_DATA_PARTS.some((more) => more === part)
        ? 'my_more_data'
        : 'my_data';
  const parts = DATA_PARTS.map(async (part) => [part, await dataPages(sql, source(part)).all(who, part)] as const);
  return Object.fromEntries(await Promise.all(parts));
}

/** In which part the rows of a table come that hold a person's id, or why they do not. */
const WHERE: Readonly<Record<string, (typeof DATA_PARTS)[number] | `no: ${string}`>> = {
  'public.profiles': 'profile',
  'public.accounts': 'account',
  'public.members': 'memberships',
  'public.messages': 'messages',
  'public.attachments': 'files',
  'public.reply_jobs': 'answers',
  'public.invites': 'invites',
  'public.blocks': 'blocks',
  'public.memories': 'memories',
  'public.join_requests': 'join_requests',
  'public.audit_events': 'deeds',
  'public.chats': 'solo_chats',
  'private.reactions': 'reactions',
  'public.hidden_reactions': 'no: copies of reactions',
  'private.reports': 'reports',
  'private.former_members': 'past_memberships',
  'private.invite_redemptions': 'used_invites',
  'private.guardianships': 'guardians',
  'private.guardian_codes': 'no: a code of fifteen minutes, kept as a hash',
  'private.model_pins': 'choices',
  'private.page_presence_choices': 'choices',
  'private.page_presence': 'choices',
  'private.presence': 'choices',
  'private.quota_use': 'usage',
  'private.picture_use': 'pictures',
  'private.fresh_starts': 'no: would tell who blocked whom',
  'auth.users': 'sign_in',
  'auth.sessions': 'sessions',
  'auth.identities': 'no: the same address as sign_in',
  'auth.refresh_tokens': 'no: keys, not facts',
  'auth.flow_state': 'no: of a sign-in under way',
  'auth.mfa_amr_claims': 'no: of sessions',
};

describe('[SAFE6] downloading everything about me', () => {
  test('every table that refers to a person has its part, or a reason', async () => {
    const tables = await sql<{ table: string }[]>`
      select distinct n.nspname || '.' || c.relname as table
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and k.confrelid in ('public.profiles'::regclass, 'auth.users'::regclass, 'public.members'::regclass,
        'auth.sessions'::regclass, 'private.presence'::regclass)
      union select table_schema || '.' || table_name from information_schema.columns
      where table_schema in ('public', 'private', 'auth') and data_type = 'uuid' and table_name in (select tablename from pg_tables)
        and column_name ~ '(user|person|owner|author|actor|asker|creator|created_by|caused_by|blocker|blocked|minor|guardian|reporter)(_id)?$'`;
    const known = Object.keys(WHERE);
    expect(tables.map(({ table }) => table).filter((table) => !known.includes(table))).toEqual([]);
    for (const part of Object.values(WHERE).filter((each) => !each.startsWith('no: ')))
      expect(DATA_PARTS).toContain(part);
  });

  test('each of these holds what there is', async () => {
    const [ana, ben] = [await createPerson(sql, 'ana'), await createPerson(sql, 'ben')];
    const [chat, solo, other] = [
      await createGroup(sql, ana, [ben]),
      await createSolo(sql, ana),
      await createGroup(sql, ben),
    ];
    await as(
      sql,
      person(ana.id),
      (tx) => tx`insert into public.memories (id, body) values (gen_random_uuid(), 'I like tea.')`,
    );
    await as(sql, person(ana.id), (tx) => tx`select public.set_instructions(${solo}, 'Be brief.')`);
    await ask(sql, ana, solo, 'and?');
    await finish(sql, await claimLeased(sql, solo), { body: 'An answer to her.' });
    await redeem(sql, await invite(sql, ben, other), ana);
    await say(sql, ben, other, 'of Ben');
    await say(sql, ana, other, 'of Ana');
    await leave(sql, ana, other);
    await redeem(sql, await invite(sql, ben, other, { needsApproval: true }), ana);
    await as(sql, person(ana.id), (tx) => tx`select public.beat(${chat}, true)`);
    await as(sql, person(ana.id), (tx) => tx`select public.set_page_presence(${chat}, true)`);
    await as(sql, person(ana.id), (tx) => tx`select public.beat_on_page(${chat}, false, ${'a'.repeat(64)})`);
    await sql`insert into private.model_pins values (${chat}, ${ana.id}, 'large')`;
    await sql`insert into private.picture_use values (${ana.id}, now(), 1)`;
    await sql`insert into private.chat_summaries (chat_id, from_seq, through_seq, body) values (${solo}, 0, 1, 'She asked.')`;
    const all = await downloadOf(ana);
    expect(all['memories']).toMatchObject([{ body: 'I like tea.' }]);
    expect(all['solo_chats']).toMatchObject([{ id: solo, instructions: 'Be brief.' }]);
    expect(all['solo_answers']).toMatchObject([{ chat_id: solo, body: 'An answer to her.' }]);
    expect(all['sign_in']).toMatchObject([{ email: `${ana.id}@example.test` }]);
    expect(all['past_memberships']).toMatchObject([{ chat_id: other }]);
    expect(all['used_invites']).toHaveLength(2);
    expect(all['join_requests']).toMatchObject([{ chat_id: other }]);
    expect(all['deeds']?.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['created', 'invite_created', 'left']),
    );
    expect(all['choices']?.map(({ choice }) => choice).toSorted()).toEqual([
      'model',
      'page_hash',
      'seen_at',
      'shows_pages',
    ]);
    expect(all['pictures']).toMatchObject([{ used: 1 }]);
    expect(all['notes']).toMatchObject([{ chat_id: solo, body: 'She asked.' }]);
    const everything = JSON.stringify(all);
    for (const others of ['of Ben', ben.id, ben.username]) expect(everything).not.toContain(others);
    const bens = JSON.stringify(await downloadOf(ben));
    for (const hers of ['tea', 'An answer to her', 'She asked', `${ana.id}@`]) expect(bens).not.toContain(hers);
  });

  test('[SAFE2] with groups off one’s own words in groups come, and nothing of others', async () => {
    const { guardian, minor } = await createFamily(sql);
    const ana = await createPerson(sql, 'ana');
    const chat = await createGroup(sql, ana, [minor]);
    await say(sql, ana, chat, 'of Ana');
    await say(sql, minor, chat, 'of the minor', {
      attachmentIds: [await attach(sql, minor, chat, { name: 'mine.txt' })],
    });
    await setGroups(sql, guardian, minor, false);
    const all = await downloadOf(minor);
    expect(all['left_messages']).toMatchObject([{ body: 'of the minor' }]);
    expect(all['left_files']).toMatchObject([{ name: 'mine.txt' }]);
    expect(all['guardians']).toMatchObject([{ role: 'minor', groups_off: true, username: guardian.username }]);
    for (const others of ['of Ana', 'Test group', ana.id]) expect(JSON.stringify(all)).not.toContain(others);
  });

  test('comes page by page, and has no other parts', async () => {
    const dora = await createPerson(sql, 'dora');
    const chat = await createGroup(sql, dora);
    for (const title of ['a', 'b', 'c'])
      await as(sql, person(dora.id), (tx) => tx`select public.rename_chat(${chat}, ${title})`);
    const { all, pageOf } = dataPages(sql, 'my_more_data');
    const deeds = await all(dora, 'deeds', 1);
    expect(deeds.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(await refusal(pageOf(dora, 'everything'))).toBe('SR076');
  });
});
