import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLine } from '../../../lib/hub/panel-line.ts';
import { FailureError, failure } from '../../../lib/model/failure.ts';
import { appState, scriptHub } from './scripted-hub.ts';

const hello = { type: 'hello', surface: 'window', pass: null } as const;
const welcome = { type: 'welcome', state: appState(), chatId: null } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function openScripted() {
  const hub = scriptHub();
  const ended = new AbortController();
  const breaks = vi.fn();
  const line = openLine({ open: hub.open, hello, signal: ended.signal, onMessage: () => {}, onBroken: breaks });
  return { hub, ended, line, breaks };
}

test('requests wait for the welcome, and go out in order', () => {
  const { hub, line } = openScripted();
  void line.request('avatar', { path: '1' });
  void line.request('avatar', { path: '2' });
  expect(hub.last.requests).toEqual([]);
  hub.last.say(welcome);
  expect(hub.last.requests.map(({ params }) => params)).toEqual([{ path: '1' }, { path: '2' }]);
});

test('a refusal arrives as the failure that it is', async () => {
  const { hub, line } = openScripted();
  hub.last.say(welcome);
  const asked = line.request('redeemInvite', { token: 't' });
  hub.last.say({ type: 'response', id: hub.last.requests[0]?.id ?? 0, ok: false, failure: failure('group_full') });
  await expect(asked).rejects.toEqual(new FailureError(failure('group_full')));
});

test('only the latest word on what to watch is said after a break', () => {
  const { hub, line } = openScripted();
  hub.last.say(welcome);
  line.watch('a');
  line.watch('b');
  hub.last.break();
  hub.last.say(welcome);
  expect(hub.last.requests.map(({ params }) => params)).toEqual([{ chatId: 'b' }]);
});

test('a port that keeps breaking is opened again at growing pauses, and at once after it has worked', () => {
  const { hub } = openScripted();
  hub.last.break();
  expect(hub.ends).toHaveLength(2);
  const pauses: number[] = [];
  for (let round = 0; round < 8; round++) {
    const before = Date.now();
    hub.last.break();
    vi.advanceTimersToNextTimer();
    pauses.push(Date.now() - before);
  }
  expect(pauses).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000]);
  hub.last.say(welcome);
  const opened = hub.ends.length;
  hub.last.break();
  expect(hub.ends).toHaveLength(opened + 1);
});

test('an ended line closes its port, rejects what is open and opens no other', async () => {
  const { hub, ended, line } = openScripted();
  const asked = line.request('signOut', {});
  hub.last.break();
  hub.last.break();
  ended.abort(new Error('the panel is closed'));
  await expect(asked).rejects.toThrow('the panel is closed');
  await expect(line.request('signOut', {})).rejects.toThrow('the panel is closed');
  vi.runAllTimers();
  expect(hub.ends).toHaveLength(2);
  expect(hub.last.isClosed).toBe(false);
});

test('an ended line closes the port that is open', () => {
  const { hub, ended } = openScripted();
  ended.abort();
  expect(hub.last.isClosed).toBe(true);
});

test('whenever the worker ends, each request settles once, with its own answer', async () => {
  const step = fc.oneof(
    fc.constant('break' as const),
    fc.constant('ask' as const),
    fc.nat({ max: 5 }).map((index) => ({ answer: index })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { hub, line } = openScripted();
      const results: Promise<string | null>[] = [];
      hub.last.say(welcome);
      for (const each of steps) {
        if (each === 'ask') results.push(line.request('avatar', { path: `${results.length}` }));
        else if (each === 'break') {
          hub.last.break();
          hub.last.say(welcome);
        } else answer(hub, each.answer);
      }
      for (let index = 0; index < hub.last.requests.length; index++) answer(hub, index);
      const expected = results.map((_, index) => `picture of ${index}`);
      expect(await Promise.all(results)).toEqual(expected);
    }),
    { seed: 7, numRuns: 200 },
  );
});

function answer(hub: ReturnType<typeof scriptHub>, index: number): void {
  const request = hub.last.requests[index];
  if (request?.name === 'avatar') hub.last.answer(request, `picture of ${request.params.path}`);
}

test('[NOTE1] a panel in sight says so again after a break, before what it shows', () => {
  const { hub, line } = openScripted();
  line.setVisible(true);
  line.watch('a');
  hub.last.say(welcome);
  hub.last.break();
  hub.last.say(welcome);
  expect(hub.last.requests.map(({ params }) => params)).toEqual([{ visible: true }, { chatId: 'a' }]);
  line.setVisible(false);
  hub.last.break();
  hub.last.say(welcome);
  expect(hub.last.requests.map(({ params }) => params)).toEqual([{ chatId: 'a' }]);
});
