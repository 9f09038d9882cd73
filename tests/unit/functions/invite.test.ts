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
  chat_id: null,
};

function setUp(caller: Caller) {
  const invites = {
    preview: vi.fn<Invites['preview']>().mockResolvedValue(PREVIEW),
    redeem: vi.fn<Invites['redeem']>().mockResolvedValue({ chat_id: 'c', joined: true, waiting: false }),
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
      },
    );
  return { invites, post };
}

describe('handleInvite', () => {
  test('[INV4] a preview needs no account and redeems nothing', async () => {
    const { invites, post } = setUp({ kind: 'anonymous' });
    const response = await post({ action: 'preview', token: 't' });
    expect([response.status, await response.json()]).toEqual([200, PREVIEW]);
    expect(invites.preview).toHaveBeenCalledWith('t', null);
    expect(invites.redeem).not.toHaveBeenCalled();
  });

  test('a preview knows a member who is signed in', async () => {
    const { invites, post } = setUp(ANA);
    await post({ action: 'preview', token: 't' });
    expect(invites.preview).toHaveBeenCalledWith('t', 'ana');
  });

  test('[INV4] redeeming makes the signed-in caller a member, nobody else', async () => {
    const { invites, post } = setUp(ANA);
    const response = await post({ action: 'redeem', token: 't', user_id: 'ben' });
    expect(await response.json()).toEqual({ chat_id: 'c', joined: true, waiting: false });
    expect(invites.redeem).toHaveBeenCalledWith('t', 'ana');
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
