import type { Likeness, ModelChoice, ModelSlot } from '../model/chat.ts';
import { type Backend, run } from './backend.ts';
import { likenessRow, modelChoiceRow } from './wire/models.ts';
import { tryParse } from './wire/rows.ts';

/** What may answer the caller in a chat; null when they are not in it. */
export async function readModels(backend: Backend, chatId: string): Promise<ModelChoice | null> {
  const query = () => backend.client.rpc('my_models', { p_chat: chatId }).throwOnError();
  return tryParse(modelChoiceRow, await run<unknown>(backend, query));
}

/** The model that answers the caller in a chat; null: Sideroom chooses. Fails with `plan_chooses` and `model_gone`. */
export async function pinModel(backend: Backend, chatId: string, slot: ModelSlot | null): Promise<void> {
  const args = slot === null ? { p_chat: chatId } : { p_chat: chatId, p_model: slot };
  await run(backend, () => backend.client.rpc('pin_model', args).throwOnError());
}

/** The caller's own word on their profile picture; null when it cannot be told. */
export async function readLikeness(backend: Backend): Promise<Likeness | null> {
  return tryParse(likenessRow, await run<unknown>(backend, () => backend.client.rpc('my_likeness').throwOnError()));
}

/** The caller's own. */
export async function writeLikeness(backend: Backend, userId: string, allowed: boolean): Promise<void> {
  const row = { picture_in_images: allowed };
  await run(backend, () => backend.client.from('accounts').update(row).eq('user_id', userId).throwOnError());
}
