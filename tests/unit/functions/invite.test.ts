import { describe, expect, test, vi } from 'vitest';
import type { Caller } from '../../../supabase/functions/_shared/caller.ts';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import type { Invites } from '../../../supabase/functions/_shared/invites.ts';
import { handleInvite } from '../../../supabase/functions/invite/handle.ts';

const ANA: Caller = { kind: 'user', id: 'ana', token: 'jwt' };
const PREVIEW = {
  title: 'Trip',
  member_count: 2,
  max_members: 20,
  inviter: 'Ben',
  needs_approval: false,
  waiting: false,
  page: null,
  chat_id: null,
};
const JOINED = { chat_id: 'c', joined: true, waiting: false };

function setUp(caller: Caller) {
  const invites = {
    preview: vi.fn<Invites['preview']>().mockResolvedValue({ kind: 'open', value: PREVIEW }),
    redeem: vi.fn<Invites['redeem']>().mockResolvedValue({ kind: 'open', value: JOINED }),
  };
  const post = (body: unknown) =>
    handleInvite(
      new Request('http://localhost/invite', {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
      {
        invites,
        identifyCaller: async () => caller,
        sealAddress: async () => 'seal',
      },
    );
  return { invites, post };
}

describe('handleInvite', () => {
  test('[INV4] a preview needs no account and redeems nothing', async () => {
    const { invites, post } = setUp({ kind: 'anonymous' });
    const response = await post({ action: 'preview', token: 't' });
    expect([response.status, await response.json()]).toEqual([200, PREVIEW]);
    expect(invites.preview).toHaveBeenCalledWith('t', null, 'seal');
    expect(invites.redeem).not.toHaveBeenCalled();
  });

  test('a preview knows a member who is signed in', async () => {
    const { invites, post } = setUp(ANA);
    await post({ action: 'preview', token: 't' });
    expect(invites.preview).toHaveBeenCalledWith('t', 'ana', 'seal');
  });

  test('[INV4] redeeming makes the signed-in caller a member, nobody else', async () => {
    const { invites, post } = setUp(ANA);
    const response = await post({ action: 'redeem', token: 't', user_id: 'ben' });
    expect(await response.json()).toEqual(JOINED);
    expect(invites.redeem).toHaveBeenCalledWith('t', 'ana', 'seal');
  });

  test.each<Caller>([{ kind: 'anonymous' }, { kind: 'service' }])('[INV4] %o cannot redeem', async (caller) => {
    const { invites, post } = setUp(caller);
    const response = await post({ action: 'redeem', token: 't' });
    expect([response.status, (await response.json()).code]).toEqual([401, 'unauthorized']);
    expect(invites.redeem).not.toHaveBeenCalled();
  });

  test('what the database refuses is passed on', async () => {
    const { invites, post } = setUp(ANA);
    invites.redeem.mockRejectedValue(new DatabaseError('SR003', 'group full', null));
    await expect(post({ action: 'redeem', token: 't' })).rejects.toMatchObject({ code: 'SR003' });
  });

  test.each(['preview', 'redeem'] as const)('[INV2] a wrong token of a %s is not found', async (action) => {
    const { invites, post } = setUp(ANA);
    invites[action].mockResolvedValue({ kind: 'wrong' });
    const response = await post({ action, token: 't' });
    expect([response.status, await response.json()]).toEqual([
      404,
      { code: 'SR004', message: 'invite not valid', hint: 'Ask for a new link.' },
    ]);
  });

  test.each(['preview', 'redeem'] as const)('[INV5] a %s over the limit is told when to come back', async (action) => {
    const { invites, post } = setUp(ANA);
    invites[action].mockResolvedValue({ kind: 'limited', retry_after: 40 });
    const response = await post({ action, token: 't' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '40']);
    expect(await response.json()).toMatchObject({ code: 'limited', message: 'too many wrong tokens' });
  });

  test.each([
    ['no JSON', 'token=t'],
    ['nothing', ''],
    ['no token', { action: 'preview' }],
    ['an empty token', { action: 'preview', token: '' }],
    ['an endless token', { action: 'preview', token: 'x'.repeat(201) }],
    ['an unknown action', { action: 'steal', token: 't' }],
    ['an endless body', { action: 'preview', token: 't', more: 'x'.repeat(10_000) }],
  ])('%s is invalid', async (_, body) => {
    const { invites, post } = setUp(ANA);
    const response = await post(body);
    expect([response.status, (await response.json()).code]).toEqual([400, 'invalid']);
    expect(invites.preview).not.toHaveBeenCalled();
  });
});
