import { type AuthError, createClient, type SupabaseClient } from '@supabase/supabase-js';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { stackUnderTest, waitForCode } from '../support/stack.ts';

const stack = stackUnderTest();
const NO_STORAGE = { auth: { persistSession: false, autoRefreshToken: false } };
const PASSWORD = 'correct horse battery';

const newClient = (key = stack.publishableKey) => createClient(stack.url, key, NO_STORAGE);
const newAddress = () => `${newId()}@example.test`;

async function signUp(email = newAddress()) {
  const client = newClient();
  const { data, error } = await client.auth.signUp({ email, password: PASSWORD, options: { data: { from: 'tests' } } });
  if (error) throw error;
  if (data.session === null) throw new Error('signing up gave no session');
  return { client, email, session: data.session };
}

async function signIn(email: string): Promise<SupabaseClient> {
  const client = newClient();
  const { error } = await client.auth.signInWithPassword({ email, password: PASSWORD });
  if (error) throw error;
  return client;
}

/** `accepted`, or how the library names the refusal: it has names of its own for some codes. */
const codeOf = ({ error }: { error: AuthError | null }) => (error === null ? 'accepted' : (error.code ?? error.name));

describe('an address and a password', () => {
  test('sign up at once, and the token says who, how and how sure', async () => {
    const { session, email } = await signUp();
    expect(decodeJwt(session.access_token)).toMatchObject({
      sub: session.user.id,
      iss: `${stack.url}/auth/v1`,
      aud: 'authenticated',
      role: 'authenticated',
      email,
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      aal: 'aal1',
      amr: [{ method: 'password', timestamp: expect.any(Number) }],
      app_metadata: { provider: 'email' },
      user_metadata: { from: 'tests' },
      is_anonymous: false,
    });
  });

  test('sign in again, whatever the case of the address', async () => {
    const { email, session } = await signUp();
    const { data } = await (await signIn(email.toUpperCase())).auth.getUser();
    expect(data.user?.id).toBe(session.user.id);
  });

  test('a wrong password and an unknown address are refused alike', async () => {
    const { email } = await signUp();
    const attempt = (address: string) =>
      newClient().auth.signInWithPassword({ email: address, password: 'not the one' });
    expect([codeOf(await attempt(email)), codeOf(await attempt(newAddress()))]).toEqual([
      'invalid_credentials',
      'invalid_credentials',
    ]);
  });

  test('a taken address, a short password and a thing that is no address come with their codes', async () => {
    const { email } = await signUp();
    const attempt = (address: string, password = PASSWORD) =>
      newClient().auth.signUp({ email: address, password }).then(codeOf);
    expect(await attempt(email)).toBe('user_already_exists');
    expect(await attempt(email.toUpperCase())).toBe('user_already_exists');
    expect(await attempt(newAddress(), 'short')).toBe('weak_password');
    expect(await attempt('nobody at all')).toMatch(/^(validation_failed|email_address_invalid)$/);
  });

  test('a changed password is the only one from then on', async () => {
    const { client, email } = await signUp();
    expect(codeOf(await client.auth.updateUser({ password: 'another good one' }))).toBe('accepted');
    const attempt = (password: string) => newClient().auth.signInWithPassword({ email, password }).then(codeOf);
    expect(await attempt(PASSWORD)).toBe('invalid_credentials');
    expect(await attempt('another good one')).toBe('accepted');
  });
});

describe('a code by e-mail', () => {
  async function askForCode(email: string): Promise<string> {
    const { error } = await newClient().auth.signInWithOtp({ email, options: { shouldCreateUser: true } });
    if (error) throw error;
    return waitForCode(stack, email);
  }

  const use = (email: string, token: string) => newClient().auth.verifyOtp({ email, token, type: 'email' });

  test('of six digits signs up whoever is new, once', async () => {
    const email = newAddress();
    const code = await askForCode(email);
    expect(code).toMatch(/^\d{6}$/);
    const { data } = await use(email, code);
    expect(data.user?.email).toBe(email);
    expect(decodeJwt(data.session?.access_token ?? '').amr).toEqual([{ method: 'otp', timestamp: expect.any(Number) }]);
    expect(codeOf(await use(email, code))).toBe('otp_expired');
  });

  test('signs in whoever is known already', async () => {
    const { email, session } = await signUp();
    const { data } = await use(email, await askForCode(email));
    expect(data.user?.id).toBe(session.user.id);
  });

  test('of somebody else, or made up, is refused', async () => {
    const [one, other] = [newAddress(), newAddress()];
    const code = await askForCode(one);
    await askForCode(other);
    expect(codeOf(await use(other, code))).toBe('otp_expired');
    expect(codeOf(await use(one, code === '000000' ? '111111' : '000000'))).toBe('otp_expired');
  });
});

describe('a session', () => {
  test('is refreshed with a token of its own, which keeps how it was opened', async () => {
    const { client, session } = await signUp();
    const { data } = await client.auth.refreshSession();
    expect(data.session?.refresh_token).not.toBe(session.refresh_token);
    const [before, after] = [session, data.session].map((one) => decodeJwt(one?.access_token ?? ''));
    expect(after).toMatchObject({ session_id: before?.session_id, amr: before?.amr, iss: before?.iss });
  });

  test('that was ended is known to be, and cannot be refreshed', async () => {
    const { client, session } = await signUp();
    const other = newClient();
    await other.auth.setSession(session);
    await client.auth.signOut();
    expect(codeOf(await newClient().auth.getUser(session.access_token))).toBe('AuthSessionMissingError');
    expect(codeOf(await other.auth.refreshSession())).toBe('refresh_token_not_found');
  });

  test('ends alone, or all of a person’s others, or all', async () => {
    const { email } = await signUp();
    const [here, there] = [await signIn(email), await signIn(email)];
    const alive = async (client: SupabaseClient) => (await client.auth.refreshSession()).error === null;
    const third = await signIn(email);
    await third.auth.signOut({ scope: 'local' });
    expect([await alive(here), await alive(there)]).toEqual([true, true]);
    await here.auth.signOut({ scope: 'others' });
    expect([await alive(here), await alive(there)]).toEqual([true, false]);
    const fourth = await signIn(email);
    await fourth.auth.signOut({ scope: 'global' });
    expect(await alive(here)).toBe(false);
  });

  test('of a deleted person is over', async () => {
    const { client, session } = await signUp();
    const admin = newClient(stack.secretKey).auth.admin;
    expect(codeOf(await admin.deleteUser(session.user.id))).toBe('accepted');
    expect(codeOf(await client.auth.getUser())).toBe('user_not_found');
    expect(codeOf(await client.auth.refreshSession())).toBe('refresh_token_not_found');
  });
});

describe('the admin API', () => {
  const admin = newClient(stack.secretKey).auth.admin;

  test('makes people who can sign in, finds them, and removes them', async () => {
    const email = newAddress();
    const { data } = await admin.createUser({
      email,
      password: PASSWORD,
      email_confirm: true,
      user_metadata: { made: 'by an admin' },
    });
    const id = data.user?.id ?? '';
    expect((await signIn(email)) !== null).toBe(true);
    expect((await admin.getUserById(id)).data.user).toMatchObject({ email, user_metadata: { made: 'by an admin' } });
    expect((await admin.listUsers({ perPage: 1000 })).data.users.map((user) => user.id)).toContain(id);
    await admin.deleteUser(id);
    expect(codeOf(await admin.getUserById(id))).toBe('user_not_found');
  });

  test('says when an address is taken', async () => {
    const { email } = await signUp();
    expect(codeOf(await admin.createUser({ email, password: PASSWORD }))).toBe('email_exists');
  });

  test('is closed to the publishable key, and to people', async () => {
    const { client } = await signUp();
    for (const other of [newClient(), client]) {
      const { data, error } = await other.auth.admin.listUsers();
      expect(error?.status).toBeOneOf([401, 403]);
      expect(data.users).toEqual([]);
    }
  });
});
