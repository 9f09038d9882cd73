import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { ReaderQuestion } from '../../../lib/page/reader-questions.ts';

/** What the browser does, and what it was asked for. */
const tab = {
  url: 'https://example.org/a' as string | null,
  mayEnter: true,
  isGranted: true,
  status: 'complete',
  injected: [] as string[],
  answer: undefined as unknown,
};

const scripting = {
  async executeScript({ files, func, args }: { files?: string[]; func?: unknown; args?: [ReaderQuestion] }) {
    if (tab.url === null || !tab.mayEnter) throw new Error('Cannot access contents of the page');
    if (files !== undefined) tab.injected.push(...files);
    const hasReader = tab.injected.length > 0;
    return [{ result: func !== undefined && args !== undefined && hasReader ? tab.answer : null }];
  },
  async insertCSS({ css, origin }: { css: string; origin: string }) {
    tab.injected.push(`${origin}: ${css.match(/::highlight\([\w-]+\)/g)?.length} rules`);
  },
};

const tabs = {
  async get() {
    if (tab.url === null) throw new Error('No tab with id: 7.');
    return { ...(tab.isGranted ? { url: tab.url } : {}), status: tab.status };
  },
};

const before = Object.getOwnPropertyDescriptor(globalThis, 'browser');
Object.assign(globalThis, { browser: { runtime: { id: 'sideroom' }, scripting, tabs } });
const { askPage } = await import('../../../entrypoints/background/page-reader.ts');

afterAll(() => {
  if (before === undefined) Reflect.deleteProperty(globalThis, 'browser');
  else Object.defineProperty(globalThis, 'browser', before);
});

const facts = { url: 'https://example.org/a', title: 'A', author: null, publishedAt: '2026-03-14', language: 'en' };
const anchor = { exact: 'word', prefix: 'a ', suffix: ' b', start: 2, end: 6 };

describe('asking a page', () => {
  beforeEach(() => {
    Object.assign(tab, {
      ...{ url: 'https://example.org/a', mayEnter: true, isGranted: true, status: 'complete' },
      ...{ injected: [], answer: undefined },
    });
  });

  test('[PAGE5] the reader is put in with the first question, and once', async () => {
    tab.answer = { ok: true, reading: { kind: 'article', facts, text: 'Text.' } };
    expect(await askPage(7, { type: 'article' })).toEqual(tab.answer);
    expect(tab.injected).toEqual(['/page-reader.js', 'AUTHOR: 2 rules']);
    expect(await askPage(7, { type: 'article' })).toEqual(tab.answer);
    expect(tab.injected).toHaveLength(2);
  });

  test('[PAGE6] a page that nobody opened Sideroom on, one that lets nobody in, a PDF and a closed tab are told apart', async () => {
    tab.mayEnter = false;
    tab.isGranted = false;
    expect(await askPage(7, { type: 'facts' })).toEqual({ ok: false, why: 'not_allowed' });
    tab.isGranted = true;
    expect(await askPage(7, { type: 'facts' })).toEqual({ ok: false, why: 'no_entry' });
    tab.status = 'loading';
    expect(await askPage(7, { type: 'facts' })).toEqual({ ok: false, why: 'changed' });
    tab.url = 'https://example.org/paper.PDF?x=1';
    expect(await askPage(7, { type: 'facts' })).toEqual({ ok: false, why: 'pdf' });
    tab.url = null;
    expect(await askPage(7, { type: 'facts' })).toEqual({ ok: false, why: 'closed' });
  });

  test.each([
    ['nothing', null],
    ['words', 'ok'],
    ['no text', { ok: true, reading: { kind: 'article', facts, text: '' } }],
    ['far too much', { ok: true, reading: { kind: 'article', facts, text: 'x'.repeat(100_001) } }],
    ['a screenshot', { ok: true, reading: { kind: 'screenshot', facts, text: 'x' } }],
    [
      'an address that is none',
      { ok: true, reading: { kind: 'article', facts: { ...facts, url: 'javascript:alert(1)' }, text: 'x' } },
    ],
    [
      'an address with tracking',
      { ok: true, reading: { kind: 'article', facts: { ...facts, url: `${facts.url}?utm_source=x` }, text: 'x' } },
    ],
    ['a date in words', { ok: true, reading: { kind: 'article', facts: { ...facts, publishedAt: 'now' }, text: 'x' } }],
    ['a reason of its own', { ok: false, why: 'because' }],
  ])('[PAGE2] nonsense is no reading: %s', async (_, answer) => {
    tab.answer = answer;
    expect(await askPage(7, { type: 'article' })).toEqual({ ok: false, why: 'not_allowed' });
  });

  test('[PAGE3] an anchor is one piece', async () => {
    const reading = { kind: 'selection', facts, text: 'word', anchor };
    tab.answer = { ok: true, reading };
    expect(await askPage(7, { type: 'selection' })).toEqual(tab.answer);
    tab.answer = { ok: true, reading: { ...reading, anchor: { ...anchor, end: 60 } } };
    expect(await askPage(7, { type: 'selection' })).toEqual({ ok: false, why: 'not_allowed' });
    tab.answer = { ok: true, reading: { ...reading, anchor: { ...anchor, prefix: 'x'.repeat(65) } } };
    expect(await askPage(7, { type: 'selection' })).toEqual({ ok: false, why: 'not_allowed' });
  });

  test('[PAGE3] what is not on the page any more is gone', async () => {
    tab.answer = { ok: false, why: 'gone' };
    expect(await askPage(7, { type: 'highlight', anchor })).toEqual({ ok: false, why: 'gone' });
  });
});
