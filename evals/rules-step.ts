import type { Sql } from 'postgres';
import { newId } from '../lib/model/ids.ts';
import { openReplies, type ReplyContext } from '../supabase/functions/_shared/replies.ts';
import { GATE_MESSAGES } from '../supabase/functions/reply/gate.ts';
import { as, person } from '../tests/database/support/actors.ts';
import { createGroup, say } from '../tests/database/support/chats.ts';
import { ADULT, createUser, type TestPerson, tellBirthDate } from '../tests/database/support/people.ts';
import { type Line, type Moment, momentsOf, type Situation, type Talk } from './set/situation.ts';
import { connectAsService } from './sql-database.ts';

/** What the free rules made of a moment, read from the jobs that the message left. */
export type RuleOutcome = {
  readonly moment: Moment;
  /** Whether the AI has been asked for quiet and the time has not passed, after this message. */
  readonly quiet: boolean;
} & (
  | { readonly decided: 'reply' }
  | { readonly decided: 'react' | 'silent'; readonly reason: string }
  | { readonly decided: null; readonly question: OpenQuestion }
);

/** What the gate is to be asked. */
export interface OpenQuestion {
  readonly context: ReplyContext;
  readonly chatId: string;
  /** Ids of the talk's messages so far, by their places. */
  readonly ids: readonly string[];
}

/** Has every talk said in a group of the real database, by its members, and tells what the rules there decided at each moment. */
export async function runRules(sql: Sql, situations: readonly Situation[]): Promise<RuleOutcome[]> {
  const outcomes: RuleOutcome[] = [];
  const users = new Map<string, string>();
  for (const situation of situations) {
    const people = new Map<string, TestPerson>();
    for (const { username, name } of situation.talks.flatMap(({ members }) => members)) {
      const id = users.get(username) ?? (await createUser(sql)).id;
      users.set(username, id);
      await tellBirthDate(sql, id, ADULT);
      await as(sql, person(id), (tx) => tx`select public.save_profile(${name}, ${username})`);
      people.set(username, { id, username });
    }
    const moments = momentsOf(situation);
    for (const talk of situation.talks) {
      const room = await openGroup(sql, talk, people);
      const wanted = moments.filter((moment) => moment.talk === talk);
      for (const [place, line] of talk.lines.entries()) {
        await room.add(line);
        const moment = wanted.find((candidate) => candidate.place === place);
        if (moment !== undefined) outcomes.push({ moment, ...(await room.readOutcome()) });
        await room.settle();
      }
    }
  }
  return outcomes;
}

type Decided = RuleOutcome extends infer Each ? (Each extends RuleOutcome ? Omit<Each, 'moment'> : never) : never;

/** A group in which the AI takes turns, and the talk in it so far. */
async function openGroup(sql: Sql, talk: Talk, people: ReadonlyMap<string, TestPerson>) {
  const find = (username: string): TestPerson => {
    const found = people.get(username);
    if (found === undefined) throw new Error(`nobody is called ${username}`);
    return found;
  };
  const [creator, ...others] = talk.members.map(({ username }) => find(username));
  if (creator === undefined) throw new Error('a talk without people');
  const chatId = await createGroup(sql, creator, others);
  await as(sql, person(creator.id), (tx) => tx`select public.rename_chat(${chatId}, ${talk.title})`);
  await as(sql, person(creator.id), (tx) => tx`select public.set_reply_mode(${chatId}, 'automatic')`);
  const replies = openReplies(connectAsService(sql));
  const ids: string[] = [];

  return {
    async add({ author, text, replyTo, minutesBefore }: Line): Promise<void> {
      const answered = replyTo === null ? null : (ids[replyTo] ?? null);
      // Nothing but the request for quiet goes by the clock.
      await sql`
        update public.chats set quiet_until = quiet_until - make_interval(mins => ${minutesBefore}) where id = ${chatId}`;
      if (author !== null) {
        ids.push(await say(sql, find(author), chatId, text, { replyTo: answered }));
        return;
      }
      const id = newId();
      await sql`
        insert into public.messages (id, chat_id, kind, author_id, body, reply_to)
        values (${id}, ${chatId}, 'assistant', null, ${text}, ${answered})`;
      ids.push(id);
    },

    /** After the newest message. */
    async readOutcome(): Promise<Decided> {
      const [job] = await sql<{ kind: string; state: string; action: string | null; reason: string | null }[]>`
        select kind, state, decision ->> 'action' as action, decision ->> 'reason' as reason from public.reply_jobs
        where trigger_message_id = ${ids.at(-1) ?? ''}`;
      const [chat] = await sql<{ quiet: boolean }[]>`
        select coalesce(quiet_until > now(), false) as quiet from public.chats where id = ${chatId}`;
      if (job === undefined || chat === undefined) throw new Error('the message left no job');
      const { quiet } = chat;
      if (job.kind === 'answer') return { quiet, decided: 'reply' };
      if (job.state === 'silent')
        return { quiet, decided: job.action === 'react' ? 'react' : 'silent', reason: job.reason ?? 'unknown' };
      return { quiet, decided: null, question: await readQuestion() };
    },

    /** What was to be considered or answered is over: the talk goes on as it is written. */
    async settle(): Promise<void> {
      await sql`
        update public.reply_jobs set state = 'silent', lease_token = null, lease_until = null, finished_at = now()
        where chat_id = ${chatId} and state in ('queued', 'running')`;
    },
  };

  /** As a worker of the function reply reads it. */
  async function readQuestion(): Promise<OpenQuestion> {
    await sql`
      update public.reply_jobs set run_after = now(), touched_at = now() - interval '1 minute'
      where chat_id = ${chatId} and state = 'queued'`;
    const job = await replies.claim(chatId);
    const context = job === null ? null : await replies.readContext(job, GATE_MESSAGES);
    if (context === null) throw new Error('a turn that is open could not be considered');
    return { context, chatId, ids: [...ids] };
  }
}
