import * as v from 'valibot';
import type { PageInChat, Share, WholeShare } from '../../model/share.ts';
import { shownName } from '../../model/shown-name.ts';
import { camelKeys, count, id, type Row, seq } from './rows.ts';

const facts = {
  id,
  kind: v.picklist(['article', 'selection', 'screenshot']),
  url: v.pipe(
    v.string(),
    v.check((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)),
  ),
  title: v.string(),
  author: v.nullable(v.string()),
  published_at: v.nullable(v.string()),
  language: v.nullable(v.string()),
  screenshot_id: v.nullable(id),
};

/** Keys as the panel has them, and words about the page that are what they look like. */
function withTitle<T extends { title: string; author: string | null; url: string }>(row: T) {
  const author = row.author === null ? null : shownName(row.author, '');
  return camelKeys({ ...row, title: shownName(row.title, row.url), author: author || null });
}

/** A share as its message carries it. */
export const shareRow: Row<Share> = v.pipe(
  v.object({ ...facts, quote: v.string(), characters: count }),
  v.transform(withTitle),
);

const anchor = v.object({
  exact: v.string(),
  prefix: v.string(),
  suffix: v.string(),
  start: count,
  end: count,
});

/** A row of `page_shares`. */
export const wholeShareRow: Row<WholeShare> = v.pipe(
  v.object({ ...facts, text: v.string(), anchor: v.nullable(anchor) }),
  v.transform(withTitle),
);

export const pageRow: Row<PageInChat & { readonly pageHash: string }> = v.pipe(
  v.object({ chat_id: id, page_hash: v.string(), count, message_id: id, seq }),
  v.transform(camelKeys),
);
