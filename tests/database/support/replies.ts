import type { Sql } from 'postgres';
import { as, person, SERVICE } from './actors.ts';
import { type MessageOptions, say } from './chats.ts';
import type { TestPerson } from './people.ts';

export interface Claim {
  readonly job_id: string;
  readonly chat_id: string;
  readonly message_id: string;
  readonly trigger_message_id: string;
  readonly attempt: number;
  readonly lease: string | null;
}

export interface Job {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly partial: string;
  readonly error: string | null;
  readonly message_id: string;
  readonly trigger_message_id: string;
}

/** A job under lease: what a worker holds while it answers. */
export type Leased = Claim & { readonly lease: string };

/** Sends a message that the AI must answer, and gives its job. */
export async function ask(
  sql: Sql,
  who: TestPerson,
  chat: string,
  body = '@ai hello',
  options: MessageOptions = {},
): Promise<Job> {
  const message = await say(sql, who, chat, body, options);
  const [job] = await sql<Job[]>`select * from public.reply_jobs where trigger_message_id = ${message}`;
  if (job === undefined) throw new Error('no reply was queued');
  return job;
}

export async function readJob(sql: Sql, id: string): Promise<Job> {
  const [job] = await sql<Job[]>`select * from public.reply_jobs where id = ${id}`;
  if (job === undefined) throw new Error(`no job ${id}`);
  return job;
}

/** What the function reply gets when it asks for work. */
export async function claim(sql: Sql, chat: string | null = null): Promise<Claim | null> {
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx<{ claim: Claim | null }[]>`select public.claim_reply(${chat}) as claim`,
  );
  return row?.claim ?? null;
}

/** Claims work that must be there. */
export async function claimLeased(sql: Sql, chat: string): Promise<Leased> {
  const claimed = await claim(sql, chat);
  if (claimed?.lease == null) throw new Error(`nothing to claim: ${JSON.stringify(claimed)}`);
  return { ...claimed, lease: claimed.lease };
}

export async function append(
  sql: Sql,
  job: Leased,
  offset: number,
  text: string,
): Promise<{ held: boolean; stop: boolean }> {
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx<{ result: { held: boolean; stop: boolean } }[]>`
      select public.append_reply(${job.job_id}, ${job.lease}, ${offset}, ${text}) as result`,
  );
  if (row === undefined) throw new Error('append_reply gave no row');
  return row.result;
}

export interface Ending {
  readonly state?: 'done' | 'stopped' | 'failed';
  readonly body?: string;
  readonly error?: string | null;
  readonly retry?: boolean;
}

/** False: the lease is lost. */
export async function finish(sql: Sql, job: Leased, ending: Ending = {}): Promise<boolean> {
  const { state = 'done', body = 'An answer.', error = null, retry = false } = ending;
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx<{ held: boolean }[]>`
      select public.finish_reply(${job.job_id}, ${job.lease}, ${state}, ${body}, ${error}, ${retry}) as held`,
  );
  return row?.held ?? false;
}

export async function stop(sql: Sql, who: { readonly id: string }, job: string): Promise<void> {
  await as(sql, person(who.id), (tx) => tx`select public.stop_reply(${job})`);
}

export async function retry(sql: Sql, who: { readonly id: string }, job: string): Promise<void> {
  await as(sql, person(who.id), (tx) => tx`select public.retry_reply(${job})`);
}

/** As if the worker had been silent for longer than a lease lasts. */
export async function expireLease(sql: Sql, job: string): Promise<void> {
  await sql`update public.reply_jobs set lease_until = now() - interval '1 second' where id = ${job}`;
}

/** As if the pause before the next attempt were over. */
export async function endPause(sql: Sql, job: string): Promise<void> {
  await sql`update public.reply_jobs set run_after = now() where id = ${job}`;
}

/** The AI's messages of a chat, in order. */
export async function answers(
  sql: Sql,
  chat: string,
): Promise<{ id: string; body: string; status: string; reply_to: string }[]> {
  return sql`select id, body, status, reply_to from public.messages where chat_id = ${chat} and kind = 'assistant' order by seq`;
}
