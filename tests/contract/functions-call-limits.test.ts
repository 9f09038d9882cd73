import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchFrom, hasAddresses, newAddress } from '../support/address.ts';
import { type ApiPerson, signIn } from '../support/api-person.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const FUNCTIONS = ['invite', 'reply', 'speech', 'copy', 'purge'] as const;
type Name = (typeof FUNCTIONS)[number];

/** What each function takes as far as who calls it. */
const BODIES: Readonly<Record<Name, string>> = {
  invite: JSON.stringify({ action: 'preview', token: 'nobodystokennobodyst12' }),
  reply: '{}',
  speech: 'no sound',
  copy: JSON.stringify({
    source: '0b1c7d2e-3f40-4a51-8b62-9c73ad84be95',
    id: '0b1c7d2e-3f40-4a51-8b62-9c73ad84be96',
    title: 'Copy',
  }),
  purge: '{}',
};

describe.runIf(hasAddresses(stack))('calls of functions', () => {
  let admin: pg.Pool;
  let ana: ApiPerson;

  beforeAll(async () => {
    admin = new pg.Pool({ connectionString: stack.local?.adminUrl, max: 1 });
    ana = await signIn(stack, 'Ana');
  });
  afterAll(() => admin.end());

  async function call(name: Name, from: string, bearer = stack.publishableKey) {
    const response = await fetchFrom(from)(`${stack.url}/functions/v1/${name}`, {
      method: 'POST',
      headers: { apikey: stack.publishableKey, authorization: `Bearer ${bearer}` },
      body: BODIES[name],
    });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
  }

  /** As if everybody but them had been quiet, and they had called as often as is allowed. */
  async function useUp(subject: string): Promise<void> {
    await admin.query(
      `insert into private.calls values ($1, clock_timestamp() + interval '1 minute')
       on conflict (subject) do update set busy_until = excluded.busy_until`,
      [subject],
    );
  }

  const tokenOf = async ({ client }: ApiPerson) => (await client.auth.getSession()).data.session?.access_token ?? '';

  test.for(FUNCTIONS)('[SAFE4] %s is counted for the person, who is told when to come back', async (name) => {
    const token = await tokenOf(ana);
    const before = await call(name, newAddress(), token);
    expect(before.status, 'as long as there is room').not.toBe(429);
    await useUp(`${name} person:${ana.id}`);
    const limited = await call(name, newAddress(), token);
    expect(limited).toMatchObject({ status: 429, body: { code: 'limited' } });
    expect(Number(limited.retryAfter)).toBeGreaterThan(0);
    await admin.query('delete from private.calls where subject = $1', [`${name} person:${ana.id}`]);
  });

  test.for(FUNCTIONS)('[SAFE4] %s is counted for the address, whoever calls from there', async (name) => {
    const here = newAddress();
    const subjects = async () =>
      (
        await admin.query<{ subject: string }>(`select subject from private.calls where subject like $1`, [
          `${name} address:%`,
        ])
      ).rows.map(({ subject }) => subject);
    const others = await subjects();
    await call(name, here);
    const [mine] = (await subjects()).filter((subject) => !others.includes(subject));
    await useUp(mine ?? '');
    for (const bearer of [undefined, await tokenOf(ana)])
      expect((await call(name, here, bearer)).status, name).toBe(429);
    expect((await call(name, newAddress())).status, 'elsewhere').not.toBe(429);
  });

  test('[SAFE4] the scheduler is never kept waiting', async () => {
    const response = await fetch(`${stack.url}/functions/v1/reply`, {
      method: 'POST',
      headers: { apikey: stack.secretKey, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(202);
    const { rows } = await admin.query(`select 1 from private.calls where subject ~ '^reply person:$'`);
    expect(rows).toEqual([]);
  });
});
