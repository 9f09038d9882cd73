import { between, type CheckCase, x } from './check-case.ts';

/** What a selection is found again by, with one part of it otherwise. */
const anchor = (part = {}) => {
  const whole = { exact: 'tides', prefix: '', suffix: '', start: 0, end: 5, ...part };
  return `anchor = '${JSON.stringify(whole)}'`;
};
const words = (length: number) => 'x'.repeat(length);
const url = (length: number) => `'https://e.example/' || repeat('x', ${length - 18})`;

/** The world has one share: a selection. */
export const SHARE_CHECKS: Readonly<Record<string, CheckCase>> = {
  page_shares_anchor_of_selection: {
    refused: [
      'anchor = null',
      `kind = 'article'`,
      `anchor = '[]'`,
      anchor({ prefix: null }),
      anchor({ prefix: words(65) }),
      anchor({ suffix: 1 }),
      anchor({ suffix: words(65) }),
      anchor({ exact: 5 }),
      anchor({ exact: '' }),
      anchor({ exact: words(100_001) }),
      anchor({ start: '0' }),
      anchor({ end: undefined }),
    ],
    allowed: [
      anchor(),
      anchor({ exact: 'x', prefix: words(64), suffix: words(64) }),
      anchor({ exact: words(100_000) }),
      `kind = 'article', anchor = null`,
    ],
  },
  page_shares_author_length: { refused: [`author = ${x(301)}`], allowed: [`author = ${x(300)}`, `author = null`] },
  page_shares_kind_known: {
    refused: [`kind = 'video', anchor = null`],
    allowed: [`kind = 'article'`, `kind = 'screenshot'`],
  },
  page_shares_language_form: {
    refused: [`language = 'e'`, `language = ${x(36)}`, `language = 'en_GB'`],
    allowed: [`language = 'en'`, `language = ${x(35)}`, `language = 'zh-Hant-TW'`],
  },
  page_shares_picture_of_screenshot: {
    refused: [`kind = 'screenshot', anchor = null`, `screenshot_id = gen_random_uuid()`],
    allowed: [`kind = 'screenshot', screenshot_id = gen_random_uuid()`],
  },
  page_shares_published_form: {
    refused: [
      ...['26', '202', '20265', '2026-1', '2026-11-7', '2026-11-27T', 'yesterday'].map(
        (at) => `published_at = '${at}'`,
      ),
      `published_at = '2026-11-27T' || repeat('0', 30)`,
    ],
    allowed: [
      ...['2026', '2026-11', '2026-11-27', '2026-11-27T10:00:00.5+01:00'].map((at) => `published_at = '${at}'`),
      `published_at = '2026-11-27T' || repeat('0', 29)`,
    ],
  },
  page_shares_text_length: { refused: [`text = ${x(100_001)}`], allowed: [`text = ${x(100_000)}`] },
  page_shares_text_of_words: { refused: [`text = ''`], allowed: [`kind = 'screenshot', text = ''`] },
  page_shares_title_length: { refused: [`title = ' '`, `title = ${x(301)}`], allowed: [`title = ${x(300)}`] },
  page_shares_url_of_web: {
    refused: [
      ...['javascript:alert(1)', 'ftp://e.example', 'https:///e', 'https://e.example/a b'].map((to) => `url = '${to}'`),
      `url = ${url(2001)}`,
    ],
    allowed: [`url = 'http://e'`, `url = ${url(2000)}`],
  },
  messages_shares_of_people: {
    refused: [`shares = '{}'`, `kind = 'assistant', shares = '[1]'`],
    allowed: [`shares = '[1]'`, `kind = 'assistant', shares = '[]'`],
    where: `kind = 'member'`,
  },
  memories_body_shape: { refused: [`body = ' '`, `body = ${x(501)}`], allowed: [`body = 'x'`, `body = ${x(500)}`] },
  chat_summaries_body_length: between('body', 1, 20_000, x),
  chat_summaries_forward: {
    refused: ['from_seq = 3, through_seq = 2'],
    allowed: ['from_seq = 3, through_seq = 3'],
  },
};
