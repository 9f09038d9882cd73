import * as v from 'valibot';
import type { Memories, Memory } from '../model/memory.ts';
import { type Backend, run } from './backend.ts';
import { camelKeys, id, parseRows, type Row, time } from './wire/rows.ts';

const memoryRow: Row<Memory> = v.pipe(v.object({ id, body: v.string(), created_at: time }), v.transform(camelKeys));

const EXISTS = '23505';

/** The caller's own, the newest first. */
export async function readMemories(backend: Backend, userId: string): Promise<Memories> {
  const table = () => backend.client.from('memories').select('id, body, created_at');
  const account = () => backend.client.from('accounts').select('memories_on').eq('user_id', userId).maybeSingle();
  const [rows, row] = await Promise.all([
    run<unknown>(backend, () => table().order('created_at', { ascending: false }).throwOnError()),
    run(backend, () => account().throwOnError()),
  ]);
  return { on: row?.memories_on ?? true, list: parseRows(memoryRow, rows) };
}

/** Adds one, or changes the one with this id. Fails with `too_many_memories`. */
export async function saveMemory(backend: Backend, { id: memoryId, body }: Pick<Memory, 'id' | 'body'>): Promise<void> {
  const add = () => backend.client.from('memories').insert({ id: memoryId, body }).throwOnError();
  const added = await run<unknown>(backend, add, (code) => (code === EXISTS ? EXISTS : undefined));
  if (added !== EXISTS) return;
  await run(backend, () => backend.client.from('memories').update({ body }).eq('id', memoryId).throwOnError());
}

export async function forgetMemory(backend: Backend, memoryId: string): Promise<void> {
  await run(backend, () => backend.client.from('memories').delete().eq('id', memoryId).throwOnError());
}

/** What a message of the caller's own solo chat says. Fails with `solo_only` and `too_many_memories`. */
export async function rememberMessage(backend: Backend, memoryId: string, messageId: string): Promise<void> {
  const args = { p_id: memoryId, p_message: messageId };
  await run(backend, () => backend.client.rpc('remember_message', args).throwOnError());
}

export async function setMemoriesOn(backend: Backend, userId: string, on: boolean): Promise<void> {
  const accounts = () => backend.client.from('accounts').update({ memories_on: on });
  await run(backend, () => accounts().eq('user_id', userId).throwOnError());
}
