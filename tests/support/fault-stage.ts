import pg from 'pg';
import { vi } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { type Stack, startStack } from '../../supabase/local/stack.ts';
import { type ApiPerson, callFunction, createChat, say, signIn } from './api-person.ts';
import { temporaryFolder } from './folders.ts';
import { type ModelServer, startModelServer } from './model-server.ts';

export const PATIENCE = { timeout: 20_000, interval: 25 };

export interface StageJob {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly partial: string;
  readonly error: string | null;
  readonly message_id: string;
}

/** A stack of one's own whose parts may be killed, with a model that does what each test says and one person who asks it. */
export interface FaultStage {
  readonly model: ModelServer;
  readonly stack: Stack;
  readonly admin: pg.Pool;
  readonly ana: ApiPerson;
  /** All that the stack has logged. */
  readonly log: readonly string[];
  /** Asks in a new solo chat, pokes the function, and gives the chat. */
  ask(body?: string): Promise<string>;
  /** The job of a chat in which one question was asked. */
  jobIn(chat: string): Promise<StageJob>;
  /** Waits for the job to get there; `hurry` takes a pause before the next attempt as over. */
  reach(chat: string, state: string, options?: { readonly hurry?: boolean }): Promise<StageJob>;
  /** As if nobody had renewed the lease. */
  endLease(chat: string): Promise<unknown>;
  answersIn(chat: string): Promise<{ id: string; body: string; status: string }[]>;
  /** Resolves once functions are served. */
  functionsServe(): Promise<unknown>;
  /** Resolves once functions are served again, by a new process. */
  killFunctions(): Promise<void>;
  stop(): Promise<void>;
}

/** `settings`: of the functions, besides those that lead to the model. */
export async function openFaultStage(settings: Readonly<Record<string, string>> = {}): Promise<FaultStage> {
  const folder = temporaryFolder();
  const log: string[] = [];
  const model = await startModelServer();
  const stack = await startStack({
    dataDir: folder.path,
    // Whoever takes over comes soon: what is tested is that it does, not how long it was waited for.
    sweepMs: 200,
    env: {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'sk-never-logged',
      SIDEROOM_MODEL: 'scripted',
      SIDEROOM_SPEECH_MODEL: 'scripted',
      SIDEROOM_DELTA_MS: '20',
      ...settings,
    },
    log: (line) => log.push(line),
  });
  const admin = new pg.Pool({ connectionString: stack.adminUrl, max: 4 });
  admin.on('error', () => undefined);
  const ana = await signIn(stack, 'Ana Private');
  // She asks more than other plans allow.
  await admin.query(`update public.accounts set plan = 'pro' where user_id = $1`, [ana.id]);

  const jobIn = async (chat: string): Promise<StageJob> => {
    const { rows } = await admin.query<StageJob>('select * from public.reply_jobs where chat_id = $1', [chat]);
    if (rows[0] === undefined) throw new Error('no job');
    return rows[0];
  };
  const functionsServe = () =>
    vi.waitUntil(async () => (await callFunction(ana, 'reply', { chat_id: newId() })).status === 202, PATIENCE);
  return {
    ...{ model, stack, admin, ana, log, jobIn, functionsServe },
    async ask(body = 'a private question') {
      const chat = await createChat(ana, 'solo');
      await say(ana, chat, body);
      await callFunction(ana, 'reply', { chat_id: chat });
      return chat;
    },
    reach: (chat, state, { hurry = true } = {}) =>
      vi.waitUntil(async () => {
        // Once per wait: a row that is written all the time is skipped by whoever claims.
        if (hurry)
          await admin.query(
            'update public.reply_jobs set run_after = created_at where chat_id = $1 and run_after > now()',
            [chat],
          );
        const job = await jobIn(chat);
        return job.state === state ? job : null;
      }, PATIENCE) as Promise<StageJob>,
    endLease: (chat) =>
      admin.query('update public.reply_jobs set lease_until = now() where chat_id = $1 and state = $2', [
        chat,
        'running',
      ]),
    async answersIn(chat) {
      const { rows } = await admin.query(
        'select id, body, status from public.messages where chat_id = $1 and kind = $2',
        [chat, 'assistant'],
      );
      return rows;
    },
    async killFunctions() {
      await stack.kill('functions');
      await functionsServe();
    },
    async stop() {
      await admin.end();
      await stack.stop();
      await model.stop();
      folder.remove();
    },
  };
}
