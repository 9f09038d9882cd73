import { FailureError, failure } from '../model/failure.ts';
import type { PageInChat, WholeShare } from '../model/share.ts';
import { type Backend, run } from './backend.ts';
import { parseRow, parseRows } from './wire/rows.ts';
import { pageRow, wholeShareRow } from './wire/shares.ts';

const COLUMNS = 'id, kind, url, title, author, published_at, language, text, anchor, screenshot_id';

/** A share as it is written into its message. */
export function shareJson({ publishedAt, screenshotId, ...share }: WholeShare) {
  return { ...share, published_at: publishedAt, screenshot_id: screenshotId };
}

/** Fails with `not_found`, also when it is not the caller's to read. */
export async function readShare(backend: Backend, shareId: string): Promise<WholeShare> {
  const query = () => backend.client.from('page_shares').select(COLUMNS).eq('id', shareId).maybeSingle().throwOnError();
  const row = await run<unknown>(backend, query);
  if (row === null) throw new FailureError(failure('not_found'));
  return parseRow(wholeShareRow, row);
}

/** Of every page whose hash begins with the digit, its shares in the caller's chats. */
export async function readPages(
  backend: Backend,
  digit: string,
): Promise<readonly (PageInChat & { readonly pageHash: string })[]> {
  const query = () => backend.client.rpc('shares_of_pages', { p_prefix: digit }).throwOnError();
  return parseRows(pageRow, await run(backend, query));
}
