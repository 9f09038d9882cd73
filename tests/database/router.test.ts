import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { createGroup, createSolo, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask, claimLeased, type Leased } from './support/replies.ts';

const { sql } = await useDatabase();

const PLAIN = { difficulty: 'normal', tokens: 500, images: false, files: false };

interface Route {
  readonly model: string;
  readonly effort?: string;
  readonly pinned: boolean;
  readonly place: number;
  readonly difficulty: string;
  readonly because: Record<string, unknown>;
}

async function route(job: Leased, facts: object = {}, lease = job.lease): Promise<Route | null> {
  const told = JSON.stringify({ ...PLAIN, ...facts });
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx<{ route: Route | null }[]>`select public.route_reply(${job.job_id}, ${lease}, ${told}) as route`,
  );
  return row?.route ?? null;
}

const announce = (service: object) =>
  as(sql, SERVICE, (tx) => tx`select public.announce_service(${JSON.stringify(service)})`);
await announce({ models: { small: 'tiny', standard: 'usual', large: 'huge' }, capabilities: ['images'] });

async function personOn(plan: string): Promise<TestPerson> {
  const who = await createPerson(sql, plan);
  await sql`update public.accounts set plan = ${plan} where user_id = ${who.id}`;
  return who;
}

async function begin(who: TestPerson): Promise<Leased> {
  const chat = await createSolo(sql, who);
  await ask(sql, who, chat, 'hello');
  return claimLeased(sql, chat);
}

const pin = (who: TestPerson, chat: string, model: string | null) =>
  as(sql, person(who.id), (tx) => tx`select public.pin_model(${chat}, ${model})`);
const models = async (who: TestPerson, chat: string) =>
  (await as(sql, person(who.id), (tx) => tx`select public.my_models(${chat}) as models`))[0]?.models;

describe('[AI8] the table of routes', () => {
  test.each([
    ['free', {}, 'standard', 'low', 1000],
    ['free', { difficulty: 'easy' }, 'small', 'none', 700],
    ['free', { difficulty: 'easy', tokens: 6_000 }, 'standard', 'low', 600],
    ['free', { difficulty: 'easy', images: true }, 'standard', 'low', 400],
    ['free', { difficulty: 'easy', files: true }, 'standard', 'low', 500],
    ['free', { difficulty: 'hard', images: true }, 'standard', 'medium', 300],
    ['plus', { difficulty: 'hard' }, 'large', 'low', 200],
    ['pro', { difficulty: 'hard' }, 'large', 'medium', 100],
    ['pro', {}, 'standard', 'low', 1000],
  ])('on the plan %s, %j goes to the %s model, thinking %s', async (plan, facts, model, effort, place) => {
    expect(await route(await begin(await personOn(plan)), facts)).toMatchObject({
      model,
      effort,
      place,
      pinned: false,
    });
  });

  test('[AI11] says which of its conditions spoke for the model, and how hard it took the question to be', async () => {
    const chosen = await route(await begin(await personOn('pro')), { difficulty: 'hard' });
    expect(chosen).toMatchObject({ difficulty: 'hard', because: { plan: 'pro', difficulty: 'hard' } });
  });

  test('is changed by a statement, and the first row that fits counts from the next answer on', async () => {
    const job = await begin(await personOn('free'));
    await sql`insert into private.model_routes (place, min_tokens, model) values (50, 400, 'large'), (60, 400, 'small')`;
    expect(await route(job)).toEqual({
      ...{ model: 'large', pinned: false, place: 50, difficulty: 'normal', because: { tokens: 400 } },
    });
    await sql`delete from private.model_routes where place in (50, 60)`;
    expect(await route(job)).toMatchObject({ place: 1000 });
  });

  test('keeps its last row, which takes everything', async () => {
    const refused = [
      sql`delete from private.model_routes where place = 1000`,
      sql`delete from private.model_routes`,
      sql`update private.model_routes set place = 999 where place = 1000`,
      sql`truncate private.model_routes`,
    ];
    for (const statement of refused) expect(await refusal(statement)).toBe('SR050');
    expect(await refusal(sql`update private.model_routes set plan = 'pro' where place = 1000`)).toBe('23514');
    await sql`update private.model_routes set model = 'small' where place = 1000`;
    expect(await route(await begin(await personOn('free')))).toMatchObject({ model: 'small' });
    await sql`update private.model_routes set model = 'standard' where place = 1000`;
  });

  test('answers the holder of the lease alone', async () => {
    expect(await route(await begin(await personOn('free')), {}, crypto.randomUUID())).toBeNull();
  });

  test('an answer that nobody asked for is on nobody’s plan, and as hard as the gate judged it', async () => {
    const ana = await personOn('pro');
    const chat = await createGroup(sql, ana, [await createPerson(sql, 'ben')]);
    await as(sql, person(ana.id), (tx) => tx`select public.set_reply_mode(${chat}, 'automatic')`);
    await pin(ana, chat, 'large');
    await say(sql, ana, chat, 'What is lagan?');
    await sql`update public.reply_jobs set run_after = now(), touched_at = now() - interval '9 seconds' where chat_id = ${chat}`;
    const job = await claimLeased(sql, chat);
    const decision = JSON.stringify({ by: 'gate', action: 'reply', reason: 'open question', difficulty: 'hard' });
    await as(sql, SERVICE, (tx) => tx`select public.decide_turn(${job.job_id}, ${job.lease}, ${decision})`);
    expect(await route(job, { difficulty: 'easy' })).toMatchObject({
      ...{ place: 300, model: 'standard', pinned: false, difficulty: 'hard' },
    });
  });
});

describe('[AI8] a model that a person chose for a chat', () => {
  test('answers them there, and nobody else, and not elsewhere', async () => {
    const [ana, ben] = [await personOn('plus'), await personOn('plus')];
    const chat = await createGroup(sql, ana, [ben]);
    await pin(ana, chat, 'large');
    await ask(sql, ana, chat, '@ai one');
    expect(await route(await claimLeased(sql, chat))).toMatchObject({ model: 'large', pinned: true, effort: 'low' });
    expect(await models(ben, chat)).toMatchObject({ may_pin: true, pinned: null });
    expect(await route(await begin(ana))).toMatchObject({ pinned: false });
    await pin(ana, chat, null);
    expect(await models(ana, chat)).toEqual({
      ...{ may_pin: true, pinned: null, capabilities: ['images'] },
      models: { small: 'tiny', standard: 'usual', large: 'huge' },
    });
  });

  test('is refused where the plan leaves the choice to Sideroom, and counts no more once the plan does', async () => {
    const ana = await personOn('free');
    const chat = await createSolo(sql, ana);
    expect(await refusal(pin(ana, chat, 'large'))).toBe('SR051');
    expect(await models(ana, chat)).toMatchObject({ may_pin: false });
    await sql`update public.accounts set plan = 'pro' where user_id = ${ana.id}`;
    await pin(ana, chat, 'large');
    await sql`update public.accounts set plan = 'free' where user_id = ${ana.id}`;
    await ask(sql, ana, chat, 'hello');
    expect(await route(await claimLeased(sql, chat))).toMatchObject({ model: 'standard', pinned: false });
    expect(await models(ana, chat)).toMatchObject({ may_pin: false, pinned: null });
    // To leave the choice to Sideroom is always allowed.
    await pin(ana, chat, null);
  });

  test('must be there', async () => {
    const ana = await personOn('pro');
    const chat = await createSolo(sql, ana);
    await announce({ models: { standard: 'usual' }, capabilities: [] });
    expect(await refusal(pin(ana, chat, 'large'))).toBe('SR052');
    expect(await refusal(pin(ana, chat, 'enormous'))).toBe('SR052');
    await announce({ models: { small: 'tiny', standard: 'usual', large: 'huge' }, capabilities: ['images'] });
    await pin(ana, chat, 'large');
  });

  test('is for members, and gone with them', async () => {
    const [ana, ben] = [await personOn('pro'), await personOn('pro')];
    const chat = await createGroup(sql, ana, [ben]);
    await pin(ben, chat, 'large');
    await removeMember(sql, ana, chat, ben);
    expect(await refusal(pin(ben, chat, 'large'))).toBe('SR002');
    expect(await models(ben, chat)).toBeNull();
    expect(await sql`select 1 from private.model_pins where user_id = ${ben.id}`).toHaveLength(0);
  });
});
