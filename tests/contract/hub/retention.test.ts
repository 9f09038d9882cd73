import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

const { local, url, secretKey } = stackUnderTest();

// Time is moved in the database.
describe.runIf(local)('messages that a chat does not keep any longer', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let sql: postgres.Sql;

  beforeAll(async () => {
    sql = postgres(local?.adminUrl ?? '', { max: 1 });
    [ana, ben] = await Promise.all([join(stackUnderTest(), 'Ana'), join(stackUnderTest(), 'Ben')]);
  });
  afterAll(async () => {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
    await sql.end();
  });

  test('[SAFE6] leave every panel and every store, also of who was away', async () => {
    const chatId = await makeGroup(ana, ben);
    const old = say(ana, chatId, 'old words');
    await Promise.all([hears(ana, old), hears(ben, old)]);
    await ana.panel.request('setRetention', { chatId, days: 7 });
    await sql`update public.messages set created_at = created_at - interval '8 days' where chat_id = ${chatId}`;
    await sql`update public.chats set retention_since = retention_since - interval '8 days' where id = ${chatId}`;
    const young = say(ben, chatId, 'young words');
    await Promise.all([hears(ana, young), hears(ben, young)]);
    await ben.browser.kill();
    const purge = async () => {
      const headers = { apikey: secretKey, 'content-type': 'application/json' };
      const { status } = await fetch(`${url}/functions/v1/purge`, { method: 'POST', headers, body: '{}' });
      const left = await sql`select 1 from public.messages where id = ${old}`;
      return [status, left.length];
    };
    // A chat that somebody is writing or reading in at that moment goes the next time.
    await expect.poll(purge, { timeout: 10_000 }).toEqual([200, 0]);
    const bodies = (who: TestPerson) =>
      who.panel.untilView(
        ({ messages }) => messages.some(({ id }) => id === young) && !messages.some(({ id }) => id === old),
      );
    await bodies(ana);
    ben.browser.start();
    await bodies(ben);
    // Nothing is brought back by a restart from what is stored.
    await ana.browser.kill();
    ana.browser.start();
    await bodies(ana);
  });
});
