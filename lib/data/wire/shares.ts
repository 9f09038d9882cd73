import * as v from 'valibot';
import type { PageInChat, Share, WholeShare } from '../../model/share.ts';
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

/** A share as its message carries it. */
export const shareRow: Row<Share> = v.pipe(
  v.object({ ...facts, quote: v.string(), characters: count }),
  v.transform(camelKeys),
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
  v.transform(camelKeys),
);

export const pageRow: Row<PageInChat & { readonly pageHash: string }> = v.pipe(
  v.object({ chat_id: id, page_hash: v.string(), count, message_id: id, seq }),
  v.transform(camelKeys),
);
