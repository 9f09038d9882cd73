import type { ModelChoice, ModelSlot } from '../model/chat.ts';
import { type Backend, run } from './backend.ts';
import { modelChoiceRow } from './wire/models.ts';
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
