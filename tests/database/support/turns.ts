import type { Sql } from 'postgres';
import { as, person, SERVICE } from './actors.ts';
import { createGroup } from './chats.ts';
import type { TestPerson } from './people.ts';

export interface TurnJob {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly trigger_message_id: string;
  readonly asker_id: string;
  readonly decision: { action: string; reason: string; by: string } | null;
}

export interface TurnClaim {
  readonly job_id: string;
  readonly lease: string;
  readonly kind: string;
}

/** What happens in groups of these people in which the AI considers what is said. */
export function openTurns(sql: Sql, creator: TestPerson, others: readonly TestPerson[]) {
  const jobsIn = (chat: string) =>
    sql<
      TurnJob[]
    >`select id, kind, state, trigger_message_id, asker_id, decision from public.reply_jobs where chat_id = ${chat} order by created_at`;
  return {
    jobsIn,

    async group(mode = 'automatic'): Promise<string> {
      const chat = await createGroup(sql, creator, others);
      await as(sql, person(creator.id), (tx) => tx`select public.set_reply_mode(${chat}, ${mode}::public.reply_mode)`);
      return chat;
    },

    /** As if every pause were over. */
    ready: (chat: string) =>
      sql`update public.reply_jobs set run_after = now() - interval '1 second', touched_at = now() - interval '5 seconds' where chat_id = ${chat}`,

    async claim(chat: string): Promise<TurnClaim | null> {
      const [row] = await as(
        sql,
        SERVICE,
        (tx) => tx<{ job: TurnClaim | null }[]>`select public.claim_reply(${chat}) as job`,
      );
      return row?.job ?? null;
    },

    async decide(job: TurnClaim, decision: object, message: string | null = null): Promise<boolean | undefined> {
      const [row] = await as(
        sql,
        SERVICE,
        (tx) => tx<{ held: boolean }[]>`
          select public.decide_turn(${job.job_id}, ${job.lease}, ${JSON.stringify(decision)}, ${message}) as held`,
      );
      return row?.held;
    },

    /** The AI says something, as a finished answer does. */
    speak: (chat: string) =>
      sql`insert into public.messages (id, chat_id, kind, author_id, body) values (gen_random_uuid(), ${chat}, 'assistant', null, 'Indeed.')`,

    /** Why it says nothing to a message, as far as that is known. */
    silence: async (chat: string, message: string) =>
      (await jobsIn(chat)).find((job) => job.trigger_message_id === message)?.decision?.reason,

    async reactionsTo(message: string): Promise<unknown> {
      const [row] = await sql<{ reactions: unknown }[]>`select reactions from public.messages where id = ${message}`;
      return row?.reactions;
    },
  };
}
