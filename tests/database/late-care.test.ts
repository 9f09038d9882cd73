import { expect, test } from 'vitest';
import { createGroup, invite, leave, redeem } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { append, ask, claimLeased, expireLease } from './support/replies.ts';
import { MINOR } from './support/young.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');

test('[SAFE1] a worker hears with its next words that somebody under 18 has joined, and of nobody else', async () => {
  const chat = await createGroup(sql, ana);
  const token = await invite(sql, ana, chat);
  await ask(sql, ana, chat);
  const job = await claimLeased(sql, chat);
  expect(await append(sql, job, 0, 'One ')).toEqual({ held: true, stop: false });
  await redeem(sql, token, await createPerson(sql, 'adult'));
  expect(await append(sql, job, 4, '')).toEqual({ held: true, stop: false });
  const minor = await createPerson(sql, 'minor', MINOR);
  await redeem(sql, token, minor);
  expect(await append(sql, job, 4, 'two ')).toMatchObject({ held: true, restricted: true });
  await expireLease(sql, job.job_id);
  const again = await claimLeased(sql, chat);
  expect(await append(sql, again, 0, ''), 'who was there from the beginning').toEqual({ held: true, stop: false });
  const [care] = await sql`select private.reply_care(${again.job_id}, ${again.lease}) ->> 'restricted' as restricted`;
  expect(care?.restricted).toBe('true');
  await leave(sql, minor, chat);
  const [after] = await sql`select private.reply_care(${again.job_id}, ${again.lease}) ->> 'restricted' as restricted`;
  expect(after?.restricted).toBe('false');
});
