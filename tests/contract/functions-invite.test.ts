import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { fetchFromElsewhere } from '../support/address.ts';
import {
  type ApiPerson,
  callFunction,
  createChat,
  createInvite,
  rpc,
  signIn,
  stranger,
} from '../support/api-person.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const INVALID = { status: 404, body: { code: 'SR004', message: 'invite not valid', hint: 'Ask for a new link.' } };

let ana: ApiPerson;
let ben: ApiPerson;
let chat: string;
beforeAll(async () => {
  [ana, ben] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben')]);
  chat = await createChat(ana);
});

const preview = (who: Pick<ApiPerson, 'client'>, token: string) =>
  callFunction(who, 'invite', { action: 'preview', token });
const redeem = (who: Pick<ApiPerson, 'client'>, token: string) =>
  callFunction(who, 'invite', { action: 'redeem', token });

/** Whether an invite could be made to have expired just now: time can be moved on a stack of our own only. */
async function expire(invite: string): Promise<boolean> {
  if (stack.local === undefined) return false;
  const admin = new pg.Client({ connectionString: stack.local.adminUrl });
  await admin.connect();
  await admin.query('update public.invites set expires_at = now() where id = $1', [invite]);
  await admin.end();
  return true;
}

async function usesOf(invite: string): Promise<number> {
  const { data, error } = await ana.client.from('invites').select('uses').eq('id', invite).single();
  if (error) throw error;
  return data.uses;
}

describe('the function invite', () => {
  test('[INV4] a stranger’s preview tells of the group, never its id, and spends no use', async () => {
    const invite = await createInvite(ana, chat, { p_max_uses: 1 });
    for (let look = 0; look < 3; look += 1) {
      expect(await preview(stranger(stack), invite.token)).toEqual({
        status: 200,
        body: {
          title: 'Trip',
          member_count: 1,
          max_members: 20,
          inviter: 'Ana',
          needs_approval: false,
          waiting: false,
          page: null,
          chat_id: null,
        },
      });
    }
    expect(await usesOf(invite.id)).toBe(0);
  });

  test('a member’s preview leads to the chat', async () => {
    const { token } = await createInvite(ana, chat);
    expect((await preview(ana, token)).body['chat_id']).toBe(chat);
  });

  test('[INV4] redeeming twice is one membership and one use', async () => {
    const invite = await createInvite(ana, chat, { p_max_uses: 1 });
    expect(await redeem(ben, invite.token)).toEqual({
      status: 200,
      body: { chat_id: chat, joined: true, waiting: false },
    });
    expect(await redeem(ben, invite.token)).toEqual({
      status: 200,
      body: { chat_id: chat, joined: false, waiting: false },
    });
    expect(await usesOf(invite.id)).toBe(1);
    const { data } = await ana.client.from('members').select('user_id').eq('chat_id', chat).eq('user_id', ben.id);
    expect(data).toHaveLength(1);
  });

  test('[INV2] [INV4] unknown, used-up, expired and revoked tokens all get the same answer', async () => {
    const elsewhere = fetchFromElsewhere(stack);
    const cara = await signIn(stack, 'Cara', elsewhere);
    const usedUp = await createInvite(ana, chat, { p_max_uses: 1 });
    await redeem(await signIn(stack, 'Dora'), usedUp.token);
    const expired = await createInvite(ana, chat);
    const dead = ['unknown', usedUp.token, ...((await expire(expired.id)) ? [expired.token] : [])];
    dead.push((await createInvite(ana, chat)).token);
    await rpc(ana, 'reset_invites', { p_chat: chat });
    for (const token of dead) {
      expect(await preview(stranger(stack, elsewhere), token)).toEqual(INVALID);
      expect(await redeem(cara, token)).toEqual(INVALID);
    }
  });

  test('[INV4] only somebody signed in redeems: not a key, not a false token, not an expired one', async () => {
    const { token } = await createInvite(ana, chat);
    expect((await redeem(stranger(stack), token)).status).toBe(401);
    const { data } = await ben.client.auth.getSession();
    const [head, body, signature = ''] = (data.session?.access_token ?? '').split('.');
    const forged = [head, body, signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))].join('.');
    for (const bearer of [forged, 'nonsense', stack.publishableKey, stack.secretKey]) {
      const response = await fetch(`${stack.url}/functions/v1/invite`, {
        method: 'POST',
        headers: {
          apikey: stack.publishableKey,
          authorization: `Bearer ${bearer}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ action: 'redeem', token }),
      });
      expect([response.status, (await response.json()).code]).toEqual([401, 'unauthorized']);
    }
  });

  test('[INV8] a newcomer sets up a profile first', async () => {
    const { token } = await createInvite(ana, chat);
    expect(await redeem(await signIn(stack), token)).toMatchObject({ status: 409, body: { code: 'SR005' } });
  });

  test('[MEM5] a removed person’s old token shows what a stranger sees', async () => {
    const group = await createChat(ana);
    const { token } = await createInvite(ana, group);
    await redeem(ben, token);
    await rpc(ana, 'remove_member', { p_chat: group, p_user: ben.id });
    expect((await preview(ben, token)).body['chat_id']).toBeNull();
  });

  test('what is no request is invalid', async () => {
    expect(await callFunction(ana, 'invite', { action: 'preview', token: newId().repeat(10) })).toMatchObject({
      status: 400,
      body: { code: 'invalid' },
    });
  });
});
