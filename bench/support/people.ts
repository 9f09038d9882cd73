import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { BenchContext } from './bench.ts';

/** A person who takes part by the API alone. */
export interface ApiPerson {
  readonly client: SupabaseClient;
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

let count = 0;

/** A new person with a profile. */
export async function createPerson(
  context: Pick<BenchContext, 'url' | 'publishableKey'>,
  name: string,
): Promise<ApiPerson> {
  const client = createClient(context.url, context.publishableKey, { auth: { persistSession: false } });
  const email = `${name.toLowerCase()}.${process.pid}.${count++}@bench.example`;
  const password = 'correct horse';
  const { data, error } = await client.auth.signUp({ email, password });
  if (error !== null || data.user === null) throw error ?? new Error('no user was made');
  await must(client.rpc('set_birth_date', { p_birth_date: '1990-06-15' }));
  await must(client.rpc('save_profile', { p_display_name: name, p_username: email.slice(0, email.indexOf('@')) }));
  await client.realtime.setAuth();
  return { client, id: data.user.id, email, password };
}

/** The data of a call that has to work. */
async function must<T>(call: PromiseLike<{ data: T; error: unknown }>): Promise<T> {
  const { data, error } = await call;
  if (error !== null) throw error;
  return data;
}

/** A group of this person's, and the token of a link into it. */
export async function createGroup(owner: ApiPerson, title: string): Promise<{ chatId: string; token: string }> {
  const chatId = crypto.randomUUID();
  await must(owner.client.rpc('create_chat', { p_id: chatId, p_kind: 'group', p_title: title }));
  const { token } = (await must(owner.client.rpc('create_invite', { p_chat: chatId }))) as { token: string };
  return { chatId, token };
}

/** Joins by a link. */
export async function join(person: ApiPerson, token: string): Promise<void> {
  await must(person.client.functions.invoke('invite', { body: { action: 'redeem', token } }));
}

/** Listens on a chat's topic. Resolves when the server has let the person in. */
export function listen(
  person: ApiPerson,
  chatId: string,
  onEvent: (event: string, payload: unknown) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    person.client
      .channel(`chat:${chatId}:1`, { config: { private: true } })
      .on('broadcast', { event: '*' }, (message) => onEvent(message.event, message['payload']))
      .subscribe((status, error) => {
        if (status === 'SUBSCRIBED') resolve();
        else if (status === 'CHANNEL_ERROR') reject(error);
      });
  });
}
