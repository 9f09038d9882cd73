import { newId } from '../../../lib/model/ids.ts';

/** A share as the hub sends it. */
export interface SentShare {
  readonly id: string;
  readonly kind: 'article' | 'selection' | 'screenshot';
  readonly url: string;
  readonly title: string;
  readonly author: string | null;
  readonly published_at: string | null;
  readonly language: string | null;
  readonly text: string;
  readonly anchor: object | null;
  readonly screenshot_id: string | null;
}

const PAGE = {
  url: 'https://example.org/harbour',
  title: 'The harbour',
  author: 'Mira Lind',
  published_at: '2026-11-02',
  language: 'en',
} as const;

export function article(more: Partial<SentShare> = {}): SentShare {
  return {
    id: newId(),
    kind: 'article',
    ...PAGE,
    text: 'Ships come and go.',
    anchor: null,
    screenshot_id: null,
    ...more,
  };
}

export function selection(more: Partial<SentShare> = {}): SentShare {
  const anchor = { exact: 'come and go', prefix: 'Ships ', suffix: '.', start: 6, end: 17 };
  return { ...article(), kind: 'selection', text: 'come and go', anchor, ...more };
}

export function screenshot(screenshotId: string | null, more: Partial<SentShare> = {}): SentShare {
  return { ...article(), kind: 'screenshot', text: '', screenshot_id: screenshotId, ...more };
}
