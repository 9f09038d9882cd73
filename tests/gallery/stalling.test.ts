import { expect, test } from 'vitest';
import { KINDS } from '../hostile/corpus.ts';
import '../support/findings.ts';
import type { FakeHubControl } from './fake-hub.ts';
import { BOOK_CLUB, message } from './fixtures.ts';
import { useLivePanel } from './live-panel.ts';
import { BEN } from './people.ts';

const panel = useLivePanel();

/** The aim, which the report compares with, and what a test on a machine with other work to do may take. */
const AIM_MS = 200;
const BOUND_MS = 1_500;

/** The AI may say six times as much. */
const ANSWER = 100_000;

const answers = (KINDS['giant'] ?? []).map((text) => text.repeat(Math.ceil(ANSWER / text.length)).slice(0, ANSWER));
const kinds = [...Object.entries(KINDS), ['giant answers of the AI', answers] as const];

test.for(kinds)('[MSG6] %s: the panel goes on answering', { timeout: 300_000 }, async ([kind, texts], { task }) => {
  await panel.open('chat');
  const author = kind === 'giant answers of the AI' ? ('ai' as const) : BEN;
  // The chunk that parses is there before the clock runs.
  await panel.happen({ name: 'message', message: message(BEN, '**first** `code` $x$', '23T14:32') });
  await panel.page.waitForSelector('.rich-text math');
  const messages = texts.map((text) => ({
    type: 'event' as const,
    chatId: BOOK_CLUB.id,
    event: { name: 'message' as const, message: message(author, text, '23T14:32') },
  }));
  const longest: number[] = [];
  for (const each of messages) {
    longest.push(await panel.page.evaluate(showAndWatch, each));
    expect(await panel.isThere(`[data-message="${each.event.message.id}"]`), each.event.message.body.slice(0, 60)).toBe(
      true,
    );
  }
  const worst = longest.indexOf(Math.max(...longest));
  task.meta.stall = {
    kind,
    texts: texts.length,
    longestMs: longest[worst] ?? 0,
    over: longest.filter((ms) => ms > AIM_MS).length,
  };
  expect(longest[worst], texts[worst]?.slice(0, 60)).toBeLessThan(BOUND_MS);
});

/** Shows a message; the longest task until it is painted and the panel is idle again, in milliseconds; 0 when none was long. */
async function showAndWatch(told: Parameters<FakeHubControl['tell']>[0]): Promise<number> {
  const tasks: number[] = [];
  const note = (list: PerformanceEntryList) => tasks.push(...list.map(({ duration }) => duration));
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'longtask' });
  (globalThis as unknown as { hub: FakeHubControl }).hub.tell(told);
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  await new Promise((resolve) => requestIdleCallback(resolve));
  note(observer.takeRecords());
  observer.disconnect();
  return Math.round(Math.max(0, ...tasks));
}
