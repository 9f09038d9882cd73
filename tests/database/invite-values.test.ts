import { expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { createGroup, expire, type InviteOptions, invite, redeem } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const chat = await createGroup(sql, ana);

const make = (options: InviteOptions) => invite(sql, ana, chat, options);

/** As a stranger would come by it; whoever was let in makes room for the next. */
async function come(token: string, who?: { readonly id: string }): Promise<string> {
  const guest = who ?? (await createPerson(sql, 'guest'));
  const outcome = await refusal(redeem(sql, token, guest));
  await sql`delete from public.members where chat_id = ${chat} and user_id = ${guest.id}`;
  return outcome;
}

/** Seconds that an invite still works when it has just been made. */
async function lifetime(token: string): Promise<number | null> {
  const [row] = await sql<{ seconds: number | null }[]>`
    select extract(epoch from expires_at - created_at)::float8 as seconds from public.invites where token_hash = private.hash_token(${token})`;
  return row?.seconds ?? null;
}

test.for([
  ['1 hour', 3_600],
  ['1 day', 86_400],
  ['24 hours', 86_400],
  ['7 days', 604_800],
  ['30 days', 2_592_000],
  ['1 month', 2_592_000],
  [null, null],
] as const)('[INV1] an invite may be made for %s', async ([expiresIn, seconds]) => {
  const token = await make({ expiresIn });
  expect(await lifetime(token)).toBe(seconds);
  expect(await come(token)).toBe('accepted');
});

test.for(['0', '-1 day', '1 second', '59 minutes', '01:00:00.4', '2 hours', '31 days', '1 year', 'infinity'])(
  '[INV1] an invite cannot be made for %s',
  async (expiresIn) => {
    expect(await refusal(make({ expiresIn }))).toBe('SR020');
  },
);

test.for([1, 5, 20])(
  '[INV1] the last of %i uses works, and the one after is as of an unknown token',
  async (maxUses) => {
    const token = await make({ maxUses });
    for (let use = 1; use <= maxUses; use++) expect(await come(token), `use ${use}`).toBe('accepted');
    expect(await come(token)).toBe('SR004');
    expect(await come('unknown')).toBe('SR004');
  },
);

test.for([-1, 0, 2, 4, 6, 19, 21, 2_147_483_647])('[INV1] an invite cannot be made for %i uses', async (maxUses) => {
  expect(await refusal(make({ maxUses }))).toBe('SR020');
});

test('[INV1] the refusal of other values says which there are', async () => {
  const hints = [{ expiresIn: '2 days' }, { maxUses: 3 }].map((options) =>
    make(options).catch((error: { hint: string }) => error.hint),
  );
  expect(await Promise.all(hints)).toEqual([
    'Take 1 hour, 1 day, 7 days, 30 days, or null for never.',
    'Take 1, 5, 20, or null for any number.',
  ]);
});

test('[INV1] whoever may not make an invite hears that first', async () => {
  const stranger = await createPerson(sql, 'stranger');
  expect(await refusal(invite(sql, stranger, chat, { maxUses: 3 }))).toBe('SR002');
});

test('[INV1] an invite works until its expiry, and is dead exactly from then on', async () => {
  const token = await make({});
  const guest = await createPerson(sql, 'guest');
  /** In one transaction, in which no time passes. */
  const at = (expiry: string) =>
    refusal(
      sql.begin(async (tx) => {
        await tx`update public.invites set expires_at = now() + ${expiry}::interval where token_hash = private.hash_token(${token})`;
        await tx`select private.preview_invite(${token}, null)`;
        await tx`select private.redeem_invite(${token}, ${guest.id})`;
        await tx`delete from public.members where chat_id = ${chat} and user_id = ${guest.id}`;
      }),
    );
  expect(await at('1 microsecond')).toBe('accepted');
  expect(await at('0')).toBe('SR004');
  expect(await at('-1 microsecond')).toBe('SR004');
});

test('[INV1] never is never, and unlimited is as many as come', async () => {
  const token = await make({ expiresIn: null, maxUses: null });
  await sql`update public.invites set created_at = now() - interval '10 years' where token_hash = private.hash_token(${token})`;
  for (let guest = 0; guest < 25; guest++) expect(await come(token)).toBe('accepted');
});

test('[INV3] a reset kills links of every kind', async () => {
  const values: InviteOptions[] = [
    ...[{ expiresIn: '1 hour' }, { expiresIn: '30 days' }, { expiresIn: null }],
    ...[{ maxUses: 1 }, { maxUses: 20 }, { expiresIn: null, maxUses: null }, { needsApproval: true }],
  ];
  const tokens = await Promise.all(values.map(make));
  await as(sql, person(ana.id), (tx) => tx`select public.reset_invites(${chat})`);
  for (const token of tokens) expect(await come(token)).toBe('SR004');
});

test('[INV1] one who came before the expiry stays', async () => {
  const token = await make({});
  const guest = await createPerson(sql, 'guest');
  await redeem(sql, token, guest);
  await expire(sql, token);
  expect(await redeem(sql, token, guest)).toMatchObject({ joined: false, chat_id: chat });
});

const page = (url: string | null, quote: string | null) =>
  as(sql, person(ana.id), async (tx) => {
    const [row] = await tx<{ token: string }[]>`
      select public.create_invite(${chat}, p_page_url => ${url}, p_page_quote => ${quote}) ->> 'token' as token`;
    return row?.token ?? '';
  });

test('[INV7] an invite carries a page and a passage, which its preview shows', async () => {
  const shown = async (token: string) => {
    const [row] = await sql<{ page: unknown }[]>`select private.preview_invite(${token}, null) -> 'page' as page`;
    return row?.page;
  };
  expect(await shown(await page('https://example.org/a#b', 'lagan'))).toEqual({
    url: 'https://example.org/a#b',
    quote: 'lagan',
  });
  expect(await shown(await page('http://example.org', null))).toEqual({ url: 'http://example.org', quote: null });
  expect(await shown(await make({}))).toBeNull();
});

test.for([
  ['javascript:alert(1)', null],
  ['data:text/html,<script>', null],
  ['ftp://example.org', null],
  ['https://example.org/a b', null],
  [`https://example.org/${'x'.repeat(2_000)}`, null],
  [null, 'a passage of nothing'],
  ['https://example.org', ''],
  ['https://example.org', 'x'.repeat(1_001)],
])('[INV7] no other page goes along: %s %s', async ([url, quote]) => {
  expect(await refusal(page(url ?? null, quote ?? null))).toBe('23514');
});
