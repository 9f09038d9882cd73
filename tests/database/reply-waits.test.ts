import { describe, expect, test } from 'vitest';
import { as, SERVICE } from './support/actors.ts';
import { createSolo } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { answers, ask, claimLeased, type Leased } from './support/replies.ts';

const { sql } = await useDatabase();

async function begin(): Promise<Leased> {
  const ana = await createPerson(sql, 'ana');
  const chat = await createSolo(sql, ana);
  await ask(sql, ana, chat);
  return claimLeased(sql, chat);
}

describe('[AI6] a service that has too much to do', () => {
  const finishFor = (job: Leased, wait: number | null) =>
    as(
      sql,
      SERVICE,
      (tx) => tx`select public.finish_reply(${job.job_id}, ${job.lease}, 'failed', '', 'limited', true, ${wait})`,
    );
  const rest = async (job: Leased) =>
    (
      await sql`select state, error, extract(epoch from run_after - now())::int as pause,
        extract(epoch from retry_at - now())::int as again from public.reply_jobs where id = ${job.job_id}`
    )[0];

  test('is asked again when it said, if that is soon', async () => {
    const job = await begin();
    await finishFor(job, 15);
    expect(await rest(job)).toMatchObject({ state: 'queued', pause: expect.toSatisfy((pause: number) => pause >= 14) });
  });

  test('is not waited for any longer: the answer has failed, and when it may come is kept', async () => {
    const job = await begin();
    await finishFor(job, 600);
    expect(await rest(job)).toMatchObject({
      state: 'failed',
      error: 'limited',
      again: expect.toSatisfy((s: number) => s > 590),
    });
    expect(await answers(sql, job.chat_id)).toMatchObject([{ status: 'failed' }]);
  });
});
