import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { fetchFrom, hasAddresses, newAddress } from '../support/address.ts';
import { type ApiPerson, createChat, createInvite, signIn } from '../support/api-person.ts';
import { join, makeGroup } from '../support/people.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();

describe.runIf(hasAddresses(stack))('[INV5] guessing invites through the function', () => {
  let admin: pg.Pool;
  let ana: ApiPerson;
  let ben: ApiPerson;
  let chat: string;
  let token: string;
  /** Of the test at hand. */
  let here: string;

  beforeAll(async () => {
    admin = new pg.Pool({ connectionString: stack.local?.adminUrl, max: 1 });
    [ana, ben] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben')]);
    chat = await createChat(ana);
    ({ token } = await createInvite(ana, chat));
  });
  beforeEach(async () => {
    here = newAddress();
    await passMinute();
  });
  afterAll(() => admin.end());

  interface Guess {
    readonly action?: 'preview' | 'redeem';
    readonly token?: string;
    readonly by?: ApiPerson;
    readonly from?: string;
    readonly headers?: Record<string, string>;
  }

  async function guess({ action = 'preview', token: tried = newId(), by, from = here, headers = {} }: Guess = {}) {
    const session = await by?.client.auth.getSession();
    const bearer = session?.data.session?.access_token ?? stack.publishableKey;
    const response = await fetchFrom(from)(`${stack.url}/functions/v1/invite`, {
      method: 'POST',
      headers: { ...headers, apikey: stack.publishableKey, authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ action, token: tried }),
    });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
  }

  /** The statuses of ten wrong tokens, one after the other. */
  async function guessTen(each: (index: number) => Guess = () => ({})): Promise<number[]> {
    const statuses = [];
    for (let index = 0; index < 10; index++) statuses.push((await guess(each(index))).status);
    return statuses;
  }

  /** As if a minute had passed since every try, but for those that another file's tests make at this moment. */
  async function passMinute(): Promise<void> {
    await admin.query(`
      update private.invite_tries set wrong_at = array(select at - interval '1 minute' from unnest(wrong_at) at)
      where subject in (select subject from private.invite_tries for update skip locked)`);
  }

  const TEN_WRONG = Array.from({ length: 10 }, () => 404);

  test('the 11th wrong token in a minute is told when to come back, and a minute later it works again', async () => {
    expect(await guessTen()).toEqual(TEN_WRONG);
    const limited = await guess();
    expect(limited).toEqual({
      status: 429,
      retryAfter: expect.stringMatching(/^\d+$/),
      body: {
        code: 'limited',
        message: 'too many wrong tokens',
        hint: 'Try again when the time in Retry-After is over.',
      },
    });
    expect(Number(limited.retryAfter)).toBeGreaterThan(0);
    expect(Number(limited.retryAfter)).toBeLessThanOrEqual(60);
    await passMinute();
    expect((await guess({ token })).status).toBe(200);
    expect((await guess()).status).toBe(404);
  });

  test('a right token over the limit is answered exactly as a wrong one, and does nothing', async () => {
    const guest = await signIn(stack, 'Guest');
    await guessTen(() => ({ by: guest }));
    for (const action of ['preview', 'redeem'] as const) {
      const [right, wrong] = [await guess({ action, token, by: guest }), await guess({ action, by: guest })];
      expect({ ...right, retryAfter: null }).toEqual({ ...wrong, retryAfter: null });
      expect([right.status, right.body.code]).toEqual([429, 'limited']);
    }
    const { rows } = await admin.query('select 1 from public.members where user_id = $1', [guest.id]);
    expect(rows).toEqual([]);
  });

  test('a person is limited across addresses', async () => {
    const statuses = await guessTen(() => ({ by: ben, from: newAddress(), action: 'redeem' }));
    expect(statuses).toEqual(TEN_WRONG);
    expect((await guess({ by: ben, from: newAddress() })).status).toBe(429);
    expect((await guess({ by: ana, from: newAddress() })).status, 'somebody else').toBe(404);
  });

  test('an address is limited across people', async () => {
    expect(await guessTen((index) => [{ by: ana }, { by: ben }, {}][index % 3] ?? {})).toEqual(TEN_WRONG);
    const cara = await signIn(stack, 'Cara');
    for (const guesser of [{ by: cara }, {}]) expect((await guess(guesser)).status).toBe(429);
    expect((await guess({ by: cara, from: newAddress() })).status, 'elsewhere').toBe(404);
  });

  test.each(['x-forwarded-for', 'cf-connecting-ip', 'CF-Connecting-IP', 'x-real-ip', 'forwarded', 'true-client-ip'])(
    'writing another address into %s does not help',
    async (name) => {
      const forge = (index: number) => ({ headers: { [name]: `203.0.113.${index}` } });
      expect(await guessTen(forge)).toEqual(TEN_WRONG);
      expect((await guess(forge(11))).status).toBe(429);
    },
  );

  test('nor does it put the blame on somebody else', async () => {
    const victim = newAddress();
    const blame = { 'x-forwarded-for': victim, 'cf-connecting-ip': victim };
    await guessTen(() => ({ headers: blame }));
    expect((await guess({ from: victim })).status).toBe(404);
  });

  test('of 30 wrong tokens at once exactly 10 are answered as wrong', async () => {
    const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await guess()).status));
    expect(statuses.toSorted()).toEqual([...TEN_WRONG, ...Array.from({ length: 20 }, () => 429)]);
  });

  test('40 people who come at once from one address with right tokens all get in', async () => {
    const chats = await Promise.all([createChat(ana), createChat(ana), createChat(ana)]);
    const invites = await Promise.all(chats.map((each) => createInvite(ana, each)));
    const people = await Promise.all(Array.from({ length: 40 }, () => signIn(stack, 'Guest')));
    const statuses = await Promise.all(
      people.map(async (by, index) => {
        const right = { by, token: invites[index % 3]?.token ?? '' };
        return [(await guess(right)).status, (await guess({ ...right, action: 'redeem' })).status];
      }),
    );
    expect(statuses).toEqual(people.map(() => [200, 200]));
  });

  test('no address is in the database', async () => {
    await guess({ by: ben });
    const { rows } = await admin.query<{ subject: string }>('select subject from private.invite_tries');
    expect(rows.map(({ subject }) => subject)).toContain(`person:${ben.id}`);
    for (const { subject } of rows) expect(subject).toMatch(/^(address:[0-9a-f]{64}|person:[0-9a-f-]{36})$/);
  });

  test('what no longer counts is forgotten', async () => {
    const kept = 'select 1 from private.invite_tries where subject = $1';
    const subject = `person:${(await signIn(stack)).id}`;
    const old = `insert into private.invite_tries (subject, touched_at) values ($1, now() - interval '61 seconds')`;
    await admin.query(old, [subject]);
    await expect.poll(async () => (await admin.query(kept, [subject])).rows, { timeout: 20_000 }).toEqual([]);
  });

  test('the panel is told the seconds to wait, for looking and for joining', async () => {
    const [owner, guest] = await Promise.all([join(stack, 'Owner'), join(stack, 'Guest')]);
    try {
      const { url } = await owner.panel.request('createInvite', { chatId: await makeGroup(owner) });
      const wrong = `insert into private.invite_tries (subject, wrong_at) values ($1, array_fill(clock_timestamp(), array[10]))`;
      await admin.query(wrong, [`person:${guest.id}`]);
      for (const name of ['previewInvite', 'redeemInvite'] as const) {
        const asked = guest.panel.request(name, { token: new URL(url).hash.slice(1) });
        await expect(asked).rejects.toMatchObject({
          failure: { kind: 'limited', code: 'too_many_requests', retryAfter: expect.any(Number) },
        });
      }
    } finally {
      await Promise.all([owner.browser.stop(), guest.browser.stop()]);
    }
  });
});
