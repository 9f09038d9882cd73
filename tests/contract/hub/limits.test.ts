import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

const { local } = stackUnderTest();

// Only the server chooses plans.
describe.runIf(local)('the limit of a plan', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;
  let sql: postgres.Sql;

  beforeAll(async () => {
    const stack = stackUnderTest();
    sql = postgres(local?.adminUrl ?? '', { max: 1 });
    [ana, ben] = await Promise.all([join(stack, 'Ana'), join(stack, 'Ben')]);
    chatId = await makeGroup(ana, ben);
    // A plan of this test's own: other files ask on the usual ones at the same time.
    await sql`insert into private.plans (id, replies) values ('limits-test', 1)`;
    await sql`update public.accounts set plan = 'limits-test' where user_id = ${ana.id}`;
  });
  afterAll(async () => {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
    await sql`update public.accounts set plan = 'free' where user_id = ${ana.id}`;
    await sql`delete from private.plans where id = 'limits-test'`;
    await sql.end();
  });

  test('[AI10] at the limit the asker alone is told, with the time; messages still go, and others are answered', async () => {
    const answers = (count: number) => (view: { messages: readonly { kind: string; status: string }[] }) =>
      view.messages.filter(({ kind, status }) => kind === 'assistant' && status === 'complete').length === count;
    await hears(ana, say(ana, chatId, '@ai what is lagan?'));
    await ana.panel.untilView(answers(1));

    const second = say(ana, chatId, '@ai and flotsam?');
    await hears(ben, second);
    const { limit } = await ana.panel.untilView((view) => view.limit !== undefined);
    expect(limit?.messageId).toBe(second);
    expect(Date.parse(limit?.resetsAt ?? '')).toBeGreaterThan(Date.now());

    ana.panel.watch(null);
    ana.panel.watch(chatId);
    const again = await ana.panel.untilView((view) => view.limit !== undefined);
    expect(again.limit).toEqual(limit);

    await hears(ana, say(ana, chatId, 'Well, then.'));
    await hears(ben, say(ben, chatId, '@ai and jetsam?'));
    const { limit: others } = await ben.panel.untilView(answers(2));
    expect(others).toBeUndefined();
  });
});
