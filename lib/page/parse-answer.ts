import * as v from 'valibot';
import { MAX_PAGE_CHARACTERS } from '../model/page-share.ts';
import { canonicalUrl } from './canonical-url.ts';
import type { ReaderAnswers } from './reader-questions.ts';

const MOST_FACT = 300;

const url = v.pipe(v.string(), v.maxLength(2_000), v.check(isCanonical, 'not a canonical address'));
const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PAGE_CHARACTERS));
const line = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_FACT * 2));
const why = v.picklist(['no_text', 'nothing_selected', 'too_big', 'not_allowed', 'closed', 'pdf', 'changed']);

const facts = v.object({
  url,
  title: line,
  author: v.nullable(line),
  publishedAt: v.nullable(v.pipe(v.string(), v.regex(/^\d{4}(-\d\d(-\d\d(T[\d:]{8}(Z|[+-]\d\d:\d\d))?)?)?$/))),
  language: v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{2,35}$/))),
});

const anchor = v.pipe(
  v.object({
    exact: text,
    prefix: v.pipe(v.string(), v.maxLength(64)),
    suffix: v.pipe(v.string(), v.maxLength(64)),
    start: offset,
    end: offset,
  }),
  v.check(({ start, end, exact }) => end - start === exact.length, 'the offsets do not fit the quote'),
);

const failed = v.object({ ok: v.literal(false), why });
const read = <Reading extends v.GenericSchema>(reading: Reading) =>
  v.variant('ok', [v.object({ ok: v.literal(true), reading }), failed]);

const ANSWERS = {
  article: read(v.object({ kind: v.literal('article'), facts, text, cut: v.exactOptional(v.literal(true)) })),
  selection: read(v.object({ kind: v.literal('selection'), facts, text, anchor })),
  facts: v.variant('ok', [v.object({ ok: v.literal(true), facts }), failed]),
  highlight: v.variant('ok', [
    v.object({ ok: v.literal(true), how: v.picklist(['exact', 'moved', 'edited']) }),
    v.object({ ok: v.literal(false), why: v.union([why, v.literal('gone')]) }),
  ]),
  clear: v.object({ ok: v.literal(true) }),
} satisfies { [Type in keyof ReaderAnswers]: v.GenericSchema<unknown, ReaderAnswers[Type]> };

/**
 * The answer to a question, as it came from a page's process: forms and lengths are checked, and an address must be one that this
 * code would have given. Null for anything else.
 */
export function parseAnswer<Type extends keyof ReaderAnswers>(type: Type, answer: unknown): ReaderAnswers[Type] | null {
  const { success, output } = v.safeParse(
    ANSWERS[type] as unknown as v.GenericSchema<unknown, ReaderAnswers[Type]>,
    answer,
  );
  return success ? output : null;
}

function isCanonical(address: string): boolean {
  try {
    return canonicalUrl(address) === address;
  } catch {
    return false;
  }
}
