import type { JoinRequest, Waiting } from '../model/chat.ts';
import { type Backend, run } from './backend.ts';
import { readPeople } from './profiles.ts';
import { waitingRow } from './wire/chats.ts';
import { bareRequestRow } from './wire/people.ts';
import { parseRows } from './wire/rows.ts';

/** Who waits to be let into a chat of the caller, the longest waiting first. */
export async function readJoinRequests(backend: Backend, chatId: string): Promise<JoinRequest[]> {
  const query = () =>
    backend.client
      .from('join_requests')
      .select('user_id, created_at')
      .eq('chat_id', chatId)
      .order('created_at')
      .throwOnError();
  const requests = parseRows(bareRequestRow, await run(backend, query));
  const people = await readPeople(
    backend,
    requests.map(({ userId }) => userId),
  );
  return requests.flatMap(({ userId, createdAt }) => {
    const person = people.find(({ id }) => id === userId);
    return person === undefined ? [] : [{ ...person, createdAt }];
  });
}

/** The groups that the caller asked to be let into. */
export async function readWaiting(backend: Backend): Promise<Waiting[]> {
  return parseRows(waitingRow, await run(backend, () => backend.client.rpc('my_join_requests').throwOnError()));
}

/** Any member may. A request that was answered already is no failure. Fails with `group_full`; then it stays. */
export async function answerRequest(backend: Backend, chatId: string, userId: string, accept: boolean): Promise<void> {
  const args = { p_chat: chatId, p_user: userId, p_accept: accept };
  await run(backend, () => backend.client.rpc('answer_request', args).throwOnError());
}

/** Takes back what the caller asked. */
export async function withdrawRequest(backend: Backend, chatId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('withdraw_request', { p_chat: chatId }).throwOnError());
}
