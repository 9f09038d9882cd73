import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { callFunction, createChat, rpc, say } from '../support/api-person.ts';
import { type FaultStage, openFaultStage, PATIENCE } from '../support/fault-stage.ts';
import { type ModelCall, speak } from '../support/model-server.ts';

/**
 * The function reply is killed at each step of its work. `SIDEROOM_CRASHES=100 npx vitest run --project contract
 * tests/contract/functions-crashes.test.ts` does all of it so many times in a row.
 */
const ROUNDS = Array.from({ length: Number(process.env['SIDEROOM_CRASHES'] ?? '1') }, (_, round) => round + 1);

let stage: FaultStage;
beforeAll(async () => {
  stage = await openFaultStage();
});
afterAll(() => stage?.stop());

/** Asks; hands over the model's first call, which says nothing by itself. */
async function askAndHold(): Promise<{ chat: string; call: ModelCall }> {
  const begun = Promise.withResolvers<ModelCall>();
  stage.model.play((call) => {
    begun.resolve(call);
    return call.closed;
  });
  const chat = await stage.ask();
  return { chat, call: await begun.promise };
}

/** Has what the function does in the database wait in the middle, for a table that nobody else gets. */
async function holdUp(table: string, begin: () => Promise<unknown>): Promise<HeldUp> {
  const holder = await stage.admin.connect();
  await holder.query(`begin; lock table ${table} in access exclusive mode`);
  const going = begin();
  const pids = (await vi.waitUntil(async () => {
    // The sweep, which asks whether there is work, waits as well.
    const { rows } = await holder.query<{ pid: number }>(
      `select l.pid from pg_locks l join pg_stat_activity a using (pid)
       where not l.granted and l.relation = $1::regclass and a.query !~ 'reply_due'`,
      [table],
    );
    return rows.length > 0 ? rows.map(({ pid }) => pid) : null;
  }, PATIENCE)) as number[];
  return { holder, pids, going };
}

interface HeldUp {
  readonly holder: pg.PoolClient;
  readonly pids: readonly number[];
  /** What was begun, which may fail with the function. */
  readonly going: Promise<unknown>;
}

/** What waited goes on, though nobody waits for it any more, or is undone. */
async function letGo({ holder, pids, going }: HeldUp, end: 'commits' | 'is undone'): Promise<void> {
  if (end === 'is undone') {
    await holder.query('select pg_cancel_backend(pid) from unnest($1::int[]) pid', [pids]);
    await vi.waitUntil(async () => {
      const { rows } = await holder.query('select 1 from pg_locks where pid = any ($1::int[]) and not granted', [pids]);
      return rows.length === 0;
    }, PATIENCE);
  }
  await holder.query('commit');
  await vi.waitUntil(async () => {
    const { rows } = await holder.query(
      `select 1 from pg_stat_activity where pid = any ($1::int[]) and state <> 'idle'`,
      [pids],
    );
    return rows.length === 0;
  }, PATIENCE);
  holder.release();
  await going.catch(() => undefined);
}

/** Whoever takes over answers; there is this one message, and it is whole. */
async function expectOneAnswer(chat: string, body = 'Whole again.'): Promise<void> {
  const job = await stage.reach(chat, 'done');
  expect(await stage.answersIn(chat)).toEqual([{ id: job.message_id, body, status: 'complete' }]);
}

// Each kill is followed by the start of a new process.
vi.setConfig({ testTimeout: 60_000 });

describe.each(ROUNDS)(
  '[AI6] exactly one final message, at whatever step the worker dies (round %i)',
  { retry: 0 },
  () => {
    test.each(['commits', 'is undone'] as const)('while it claims, and the claim %s', async (end) => {
      stage.model.play(speak('Whole ', 'again.'));
      const chat = await createChat(stage.ana, 'solo');
      await say(stage.ana, chat, 'a private question');
      const held = await holdUp('public.reply_jobs', () => callFunction(stage.ana, 'reply', { chat_id: chat }));
      await stage.stack.kill('functions');
      await letGo(held, end);
      // Only what the dead has claimed is ended: a new process takes longer to come.
      await stage.endLease(chat);
      await expectOneAnswer(chat);
    });

    test('before anybody claimed: nobody but the sweep knows of the question', async () => {
      stage.model.play(speak('Whole ', 'again.'));
      await stage.stack.kill('functions');
      const chat = await createChat(stage.ana, 'solo');
      await say(stage.ana, chat, 'a private question');
      await expectOneAnswer(chat);
      expect((await stage.jobIn(chat)).attempts).toBe(1);
    });

    test('after the claim, before the first word', async () => {
      const { chat } = await askAndHold();
      stage.model.play(speak('Whole ', 'again.'));
      await stage.killFunctions();
      await stage.endLease(chat);
      await expectOneAnswer(chat);
      expect((await stage.jobIn(chat)).attempts).toBe(2);
    });

    test('in the middle of the answer', async () => {
      const { chat, call } = await askAndHold();
      call.say('Half ');
      await vi.waitUntil(async () => (await stage.jobIn(chat)).partial === 'Half ', PATIENCE);
      stage.model.play(speak('Whole ', 'again.'));
      await stage.killFunctions();
      await stage.endLease(chat);
      await expectOneAnswer(chat);
    });

    test.each([
      ['commits', 'First.'],
      ['is undone', 'Whole again.'],
    ] as const)('after the final insert and before its end, which then %s', async (end, body) => {
      const { chat, call } = await askAndHold();
      call.say('First.');
      await vi.waitUntil(async () => (await stage.jobIn(chat)).partial === 'First.', PATIENCE);
      // The message is inserted by now, and about to be broadcast.
      const held = await holdUp('realtime.messages', async () => call.complete());
      stage.model.play(speak('Whole ', 'again.'));
      await stage.stack.kill('functions');
      await letGo(held, end);
      await stage.functionsServe();
      await stage.endLease(chat);
      await expectOneAnswer(chat, body);
    });

    test('after the end', async () => {
      stage.model.play(speak('Done.'));
      const chat = await stage.ask();
      await stage.reach(chat, 'done');
      const calls = stage.model.calls.length;
      await stage.killFunctions();
      await stage.endLease(chat);
      expect((await callFunction(stage.ana, 'reply', { chat_id: chat })).body).toEqual({ claimed: 0 });
      expect(stage.model.calls).toHaveLength(calls);
      await expectOneAnswer(chat, 'Done.');
    });

    test('three times: the failure is to be seen, and trying again answers in the same place', async () => {
      const { chat } = await askAndHold();
      for (const attempt of [1, 2, 3]) {
        await vi.waitUntil(async () => (await stage.jobIn(chat)).attempts === attempt, PATIENCE);
        await stage.killFunctions();
        await stage.endLease(chat);
      }
      const job = await stage.reach(chat, 'failed');
      expect(job.error).toBe('crashed');
      expect(await stage.answersIn(chat)).toEqual([{ id: job.message_id, body: '', status: 'failed' }]);
      stage.model.play(speak('At last.'));
      await rpc(stage.ana, 'retry_reply', { p_job: job.id });
      await callFunction(stage.ana, 'reply', { chat_id: chat });
      await expectOneAnswer(chat, 'At last.');
    });
  },
);
