import { expect, test } from 'vitest';
import { createPresence } from '../../../supabase/local/realtime/presence.ts';

test('two channels under one key are two metas, and leave one by one', () => {
  const presence = createPresence<string>();
  presence.track('panel 1', 'ana', { here: 1 });
  presence.track('panel 2', 'ana', { here: 2 });
  expect(presence.state().ana?.metas).toMatchObject([{ here: 1 }, { here: 2 }]);
  expect(presence.untrack('panel 1')?.leaves.ana?.metas).toMatchObject([{ here: 1 }]);
  expect(presence.state().ana?.metas).toMatchObject([{ here: 2 }]);
});

test('a change is the leave of the old state and the join of the new one, which names it', () => {
  const presence = createPresence<string>();
  const before = presence.track('panel', 'ana', { typing: false }).joins.ana?.metas[0];
  const { joins, leaves } = presence.track('panel', 'ana', { typing: true });
  expect(leaves).toEqual({ ana: { metas: [before] } });
  expect(joins.ana?.metas).toMatchObject([{ typing: true, phx_ref_prev: before?.phx_ref }]);
});

test('who was never shown does not leave', () => {
  expect(createPresence<string>().untrack('panel')).toBeNull();
});

test('references are the server’s, and odd keys are only keys', () => {
  const presence = createPresence<string>();
  const { joins } = presence.track('panel', '__proto__', { phx_ref: 'mine' });
  expect(Object.keys(joins)).toEqual(['__proto__']);
  presence.track('other', '__proto__', {});
  const state = presence.state();
  expect(Object.keys(state)).toEqual(['__proto__']);
  expect(Object.entries(state)[0]?.[1].metas.map(({ phx_ref }) => phx_ref)).not.toContain('mine');
});
