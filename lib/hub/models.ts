import type { Backend } from '../data/backend.ts';
import { readModels } from '../data/models.ts';
import { pokeReply } from '../data/replies.ts';
import type { ModelChoice } from '../model/chat.ts';

/** What may answer this person in a chat. Where the AI has not been asked yet, it has not said what it has: then it is woken first. */
export async function findModels(backend: Backend, chatId: string): Promise<ModelChoice | null> {
  const known = await readModels(backend, chatId);
  if (known === null || known.models.length > 0) return known;
  await pokeReply(backend, chatId);
  return readModels(backend, chatId);
}
