import type { Outcome } from '../support/attempt.ts';
import type { Who } from './cast.ts';
import type { World } from './world.ts';

/** `owner`: past all policies and rights, so that triggers, keys and references alone say no. */
export type Doer = Who | 'newcomer' | 'owner';

/** One thing that somebody does in the world's group, and what comes of it. What it changes stays for the next one. */
export type Deed = readonly [who: Doer, outcome: Outcome, statement: string];

/** It is there already. */
export const TWICE = '23505';

/** What is there after a deed. */
export const look = (statement: string, rows = 1): Deed => ['owner', rows, statement];

/** How the deeds of a life name their rows. */
export function addressed({ chat }: World) {
  /** The n-th row that this life adds. */
  const id = (n: number) => `'0199f000-0000-7000-8000-${String(n).padStart(12, '0')}'`;
  const running = (column: string) =>
    `(select j.${column} from public.reply_jobs j where j.state = 'running' and j.chat_id = '${chat}')`;
  return {
    id,
    say: (n: number, words: string, files = `'{}'`) =>
      `insert into public.messages (id, chat_id, body, attachment_ids) values (${id(n)}, '${chat}', '${words}', ${files})`,
    attach: (n: number) =>
      `insert into public.attachments (id, chat_id, name, content_type, size) values (${id(n)}, '${chat}', 'a.txt', 'text/plain', 1)`,
    /** The job that is being answered, and its lease. */
    lease: `${running('id')}, ${running('lease_token')}`,
  };
}
