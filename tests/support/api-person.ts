import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { newId } from '../../lib/model/ids.ts';
import type { StackUnderTest } from './stack.ts';

/** Somebody who uses a Supabase through its API, as the product does. */
export interface ApiPerson {
  readonly id: string;
  readonly name: string;
  readonly client: SupabaseClient;
}

const NO_STORAGE = { auth: { persistSession: false, autoRefreshToken: false } };

/** A person who is signed in and, if given a name, has a profile, as an adult unless born later. `by`: what carries their requests. */
export async function signIn(
  stack: Pick<StackUnderTest, 'url' | 'publishableKey' | 'secretKey'>,
  name?: string,
  by: typeof fetch = fetch,
  birthDate = '1990-06-15',
): Promise<ApiPerson> {
  const email = `${newId()}@example.test`;
  const password = newId();
  const admin = createClient(stack.url, stack.secretKey, NO_STORAGE);
  const created = await admin.auth.admin.createUser({ email, password, email_confirm: true });
  if (created.error) throw created.error;
  const client = createClient(stack.url, stack.publishableKey, { ...NO_STORAGE, global: { fetch: by } });
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  const person = { id: data.user.id, name: name ?? '', client };
  if (name !== undefined) {
    await rpc(person, 'set_birth_date', { p_birth_date: birthDate });
    await rpc(person, 'save_profile', { p_display_name: name, p_username: `u${newId().slice(-12)}` });
  }
  return person;
}

/** Calls a database function; throws what it refuses with. */
export async function rpc<T = unknown>({ client }: ApiPerson, name: string, args: Record<string, unknown>): Promise<T> {
  const { data, error } = await client.rpc(name, args);
  if (error) throw error;
  return data as T;
}

export async function createChat(person: ApiPerson, kind: 'solo' | 'group' = 'group'): Promise<string> {
  const id = newId();
  await rpc(person, 'create_chat', { p_id: id, p_kind: kind, p_title: kind === 'group' ? 'Trip' : '' });
  return id;
}

export interface CreatedInvite {
  readonly id: string;
  readonly token: string;
}

export function createInvite(
  person: ApiPerson,
  chat: string,
  options: Record<string, unknown> = {},
): Promise<CreatedInvite> {
  return rpc(person, 'create_invite', { p_chat: chat, ...options });
}

/** Sends a message and gives its id. */
export async function say({ client }: ApiPerson, chat: string, body: string): Promise<string> {
  const id = newId();
  const { error } = await client.from('messages').insert({ id, chat_id: chat, body });
  if (error) throw error;
  return id;
}

export interface FunctionAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Calls an Edge Function as the person. */
export async function callFunction(
  { client }: Pick<ApiPerson, 'client'>,
  name: string,
  body: unknown,
): Promise<FunctionAnswer> {
  const { data, error, response } = await client.functions.invoke(name, { body: JSON.stringify(body) });
  if (response === undefined) throw error;
  return { status: response.status, body: response.ok ? data : await response.json() };
}

/** Somebody with nothing but the public key. */
export function stranger(
  stack: Pick<StackUnderTest, 'url' | 'publishableKey'>,
  by: typeof fetch = fetch,
): Pick<ApiPerson, 'client'> {
  return { client: createClient(stack.url, stack.publishableKey, { ...NO_STORAGE, global: { fetch: by } }) };
}
