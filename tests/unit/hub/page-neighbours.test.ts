import { expect, test } from 'vitest';
import { createPageNeighbours } from '../../../lib/hub/page-neighbours.ts';

const TIDES = 'a'.repeat(64);
const WRECKS = 'b'.repeat(64);

function setUp() {
  let time = 0;
  const changed: string[] = [];
  const neighbours = createPageNeighbours({ now: () => time, onChange: (chatId) => changed.push(chatId) });
  const hear = (userId: string, here: boolean, visit = 'tides') =>
    neighbours.hear({ chatId: 'chat', userId, visit, here });
  const take = (here: Readonly<Record<string, number>>, page = TIDES) =>
    neighbours.take('chat', page, {
      ...{ on: true, visit: page === TIDES ? 'tides' : 'wrecks' },
      here: Object.entries(here).map(([userId, seconds]) => ({ userId, seconds })),
    });
  return {
    ...neighbours,
    hear,
    take,
    changed,
    on: (page: string | null = TIDES) => neighbours.on('chat', page),
    pass: (ms: number) => {
      time += ms;
      neighbours.forget();
    },
  };
}

test('[MSG7] what is heard while a beat is under way is newer than its answer', () => {
  const { ask, take, hear, on } = setUp();
  ask('chat', TIDES);
  hear('ben', true);
  hear('cleo', true);
  hear('cleo', false);
  take({ cleo: 40, dan: 50 });
  expect(on()).toEqual(['dan', 'ben']);
  ask('chat', TIDES);
  take({ ben: 60 });
  expect(on()).toEqual(['ben']);
});

test('[MSG7] of another page nothing is taken: neither late answers nor late news', () => {
  const { ask, take, hear, on } = setUp();
  hear('dan', true);
  ask('chat', TIDES);
  take({ ben: 60 });
  ask('chat', WRECKS);
  expect([on(TIDES), on(WRECKS)]).toEqual([[], []]);
  take({ ben: 60 }, TIDES);
  hear('cleo', true, 'tides');
  hear('dan', true, 'wrecks');
  expect(on(WRECKS)).toEqual([]);
  take({}, WRECKS);
  expect([on(TIDES), on(WRECKS), on(null)]).toEqual([[], ['dan'], []]);
  hear('cleo', true, 'tides');
  expect(on(WRECKS)).toEqual(['dan']);
  ask('chat', null);
  hear('dan', true, 'wrecks');
  expect(on(WRECKS)).toEqual([]);
});

test('[MSG7] each is forgotten when their time is over, 60 seconds after they came', () => {
  const { ask, take, hear, on, pass, changed } = setUp();
  ask('chat', TIDES);
  take({ ben: 20 });
  hear('cleo', true);
  pass(20_000);
  expect(on()).toEqual(['ben', 'cleo']);
  changed.length = 0;
  pass(1);
  expect(on()).toEqual(['cleo']);
  pass(40_000);
  expect([on(), changed]).toEqual([[], ['chat', 'chat']]);
});
