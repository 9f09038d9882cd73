import type { Sql } from 'postgres';
import { as, person } from './actors.ts';
import { attach } from './attachments.ts';
import { createGroup, say } from './chats.ts';
import { createPerson, type TestPerson } from './people.ts';

export type Choice = 'remove' | 'keep';

/** The two steps that a panel asks for. */
export const begin = (sql: Sql, who: TestPerson, messages: Choice, files: Choice, typed = who.username) =>
  as(sql, person(who.id), (tx) => tx`select public.delete_account(${typed}, ${messages}, ${files})`);
export const finish = async (sql: Sql, who: { readonly id: string }) =>
  (await as(sql, person(who.id), (tx) => tx<{ done: boolean }[]>`select public.finish_account() as done`))[0]?.done;

export async function remove(
  sql: Sql,
  who: TestPerson,
  messages: Choice = 'remove',
  files: Choice = 'remove',
): Promise<void> {
  await begin(sql, who, messages, files);
  if ((await finish(sql, who)) !== true) throw new Error('the account is still there');
}

/** A group of two with words, an answer to them, a reaction and a file of Ana's. */
export async function talk(sql: Sql) {
  const ana = await createPerson(sql, 'ana');
  const ben = await createPerson(sql, 'ben');
  const chat = await createGroup(sql, ana, [ben]);
  const file = await attach(sql, ana, chat);
  const words = await say(sql, ana, chat, 'my words', { attachmentIds: [file] });
  const bare = await attach(sql, ana, chat);
  const only = await say(sql, ana, chat, '', { attachmentIds: [bare] });
  const answer = await say(sql, ben, chat, 'his words', { replyTo: words });
  await as(sql, person(ana.id), (tx) => tx`select public.set_reaction(${answer}, ${'👍'}, true)`);
  await as(sql, person(ben.id), (tx) => tx`select public.set_reaction(${words}, ${'👍'}, true)`);
  return { ana, ben, chat, words, only, answer };
}

interface Kept {
  readonly id: string;
  readonly body: string;
  readonly author_id: string | null;
  readonly deleted: boolean;
  readonly files: number;
  readonly reactions: unknown[];
}
export const messagesOf = (sql: Sql, chat: string) => sql<Kept[]>`
  select id, body, author_id, deleted_at is not null as deleted, jsonb_array_length(attachments) as files, reactions
  from public.messages where chat_id = ${chat} and kind = 'member' order by seq`;
