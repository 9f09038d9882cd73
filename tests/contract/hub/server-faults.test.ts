import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Part, type Stack, startStack } from '../../../supabase/local/stack.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';

/** A stack of its own: its parts are killed, and nobody but the test works on its reply jobs. */
describe('faults of the server', () => {
  const folder = temporaryFolder();
  let stack: Stack;
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    stack = await startStack({ dataDir: folder.path, functions: false });
    [ana, ben] = await Promise.all([join(stack, 'Ana'), join(stack, 'Ben')]);
    chatId = await makeGroup(ana);
    // Links are redeemed by a function, and this stack runs none.
    const sql = postgres(stack.adminUrl);
    await sql`insert into public.members (chat_id, user_id) values (${chatId}, ${ben.id})`;
    await sql.end();
    ben.panel.watch(chatId);
    await Promise.all([ana, ben].map(({ panel }) => panel.untilView(({ members }) => members.length === 2)));
  });
  afterAll(async () => {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
    await stack.stop();
    folder.remove();
  });

  test.each<Part>(['gateway', 'postgres'])(
    '%s down: it is said, what is typed waits, and all goes on by itself',
    async (part) => {
      await ana.panel.until(({ app }) => app?.connection === 'online');
      await stack.kill(part);
      const typed = say(ana, chatId, `typed without ${part}`);
      const { view } = await ana.panel.until(
        ({ app, view: shown }) => app?.connection === 'offline' && shown?.outbox[0]?.state.name === 'pending',
      );
      expect(view?.outbox.map(({ id }) => id)).toEqual([typed]);
      await stack.restart(part);
      await Promise.all([hears(ana, typed), hears(ben, typed)]);
      await ana.panel.until(({ app, view: shown }) => app?.connection === 'online' && shown?.outbox.length === 0);
      expect(ben.panel.snapshot().view?.messages.filter(({ id }) => id === typed)).toHaveLength(1);
      await hears(ana, say(ben, chatId, `live again with ${part}`));
    },
  );

  test('[MSG3] Realtime down: what is written is found all the same, and live again afterwards', async () => {
    await stack.kill('realtime');
    await ana.panel.until(({ app }) => app?.connection === 'connecting');
    await hears(ana, say(ben, chatId, 'without events'));
    await stack.restart('realtime');
    await Promise.all([ana, ben].map(({ panel }) => panel.until(({ app }) => app?.connection === 'online')));
    await hears(ana, say(ben, chatId, 'with events'));
  });

  describe('replies', () => {
    let sql: postgres.Sql;

    beforeAll(() => {
      sql = postgres(stack.adminUrl, { max: 2 });
    });
    afterAll(() => sql.end());

    /** Asks the AI and takes the job as a worker does. */
    async function ask() {
      const question = say(ana, chatId, '@ai well?');
      const { replies } = await ben.panel.untilView(({ replies: shown }) => shown[0]?.triggerMessageId === question);
      return { question, ...(await claim()), messageId: replies[0]!.messageId };
    }

    async function claim() {
      // An event can be heard before others see what it tells of: as a worker does, ask until something is due.
      for (;;) {
        const [row] = await sql`select public.claim_reply(${chatId}) as job`;
        if (row?.job) return { jobId: row.job.job_id as string, lease: row.job.lease as string };
      }
    }

    const append = (job: { jobId: string; lease: string }, offset: number, text: string) =>
      sql`select public.append_reply(${job.jobId}, ${job.lease}, ${offset}, ${text})`;
    const finish = (job: { jobId: string; lease: string }, state: string, body: string, retry = false) =>
      sql`select public.finish_reply(${job.jobId}, ${job.lease}, ${state}::public.reply_state, ${body}, null, ${retry})`;

    test('[AI7] a delta that never came is read from the stored text, and the rest follows', async () => {
      const job = await ask();
      await append(job, 0, 'One ');
      await ben.panel.untilView(({ replies }) => replies[0]?.text === 'One ');
      // Stored, but no word of it.
      await sql`update public.reply_jobs set partial = partial || 'two ' where id = ${job.jobId}`;
      await append(job, 8, 'three');
      await ben.panel.untilView(({ replies }) => replies[0]?.text === 'One two three');
      await append(job, 13, ' four');
      await ben.panel.untilView(({ replies }) => replies[0]?.text === 'One two three four');
      await finish(job, 'done', 'One two three four');
      const view = await ben.panel.untilView(({ replies }) => replies.length === 0);
      expect(view.messages.at(-1)).toMatchObject({ id: job.messageId, body: 'One two three four', status: 'complete' });
    });

    test('[AI6] a second attempt begins anew, and words of the first are not heard', async () => {
      const job = await ask();
      await append(job, 0, 'Half an ans');
      await ben.panel.untilView(({ replies }) => replies[0]?.text === 'Half an ans');
      await finish(job, 'failed', '', true);
      await ben.panel.untilView(({ replies }) => replies[0]?.state === 'queued');
      await sql`update public.reply_jobs set run_after = now() where id = ${job.jobId}`;
      const again = await claim();
      await append(again, 0, 'A whole one');
      await ben.panel.untilView(({ replies }) => replies[0]?.text === 'A whole one');
      await finish(again, 'done', 'A whole one');
      await ben.panel.untilView(
        ({ replies, messages }) => replies.length === 0 && messages.at(-1)?.body === 'A whole one',
      );
    });

    test('[AI6] a failed reply is tried again by whoever asks, and rewrites its message', async () => {
      const job = await ask();
      await finish(job, 'failed', '');
      const failed = await ben.panel.untilView(({ messages }) => messages.at(-1)?.status === 'failed');
      expect(failed.messages.at(-1)?.id).toBe(job.messageId);
      await ben.panel.request('retryReply', { messageId: job.messageId });
      await ana.panel.untilView(({ replies }) => replies[0]?.messageId === job.messageId);
      const again = await claim();
      await append(again, 0, 'Now it works');
      await finish(again, 'done', 'Now it works');
      for (const { panel } of [ana, ben]) {
        const view = await panel.untilView(
          ({ replies, messages }) => replies.length === 0 && messages.at(-1)?.status === 'complete',
        );
        expect(view.messages.at(-1)).toMatchObject({ id: job.messageId, body: 'Now it works' });
        expect(view.messages.filter(({ id }) => id === job.messageId)).toHaveLength(1);
      }
    });

    test('[AI5] stopped before its first word, a reply leaves nothing', async () => {
      const question = say(ana, chatId, '@ai never mind');
      const { replies } = await ben.panel.untilView(({ replies: shown }) => shown[0]?.triggerMessageId === question);
      await ben.panel.request('stopReply', { jobId: replies[0]!.jobId });
      for (const { panel } of [ana, ben]) {
        const view = await panel.untilView(({ replies: shown }) => shown.length === 0);
        expect(view.messages.at(-1)?.id).toBe(question);
      }
    });

    test('[AI7] an end that was missed is found when the connection is back', async () => {
      const job = await ask();
      await append(job, 0, 'Some words');
      await ben.panel.untilView(({ replies }) => replies[0]?.text === 'Some words');
      await stack.kill('realtime');
      await ben.panel.until(({ app }) => app?.connection === 'connecting');
      await finish(job, 'stopped', 'Some words');
      await stack.restart('realtime');
      const view = await ben.panel.untilView(({ replies }) => replies.length === 0);
      expect(view.messages.at(-1)).toMatchObject({ body: 'Some words', status: 'stopped' });
    });
  });
});
