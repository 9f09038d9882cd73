import * as v from 'valibot';
import { camelKeys, id, type Row } from './rows.ts';

/** The event `page_presence`: somebody came to the page that the person told to be on, or went. */
export interface PagePresenceNews {
  readonly chatId: string;
  readonly userId: string;
  /** Which page of the person's that is: as the beat was answered that told of it. */
  readonly visit: string;
  readonly here: boolean;
}
export const pagePresenceRow: Row<PagePresenceNews> = v.pipe(
  v.object({ chat_id: id, user_id: id, visit: id, here: v.boolean() }),
  v.transform(camelKeys),
);

/** The event `page_presence_choice`: the person chose otherwise, here or in another browser. */
export interface PagePresenceChoice {
  readonly chatId: string;
  readonly on: boolean;
}
export const pagePresenceChoiceRow: Row<PagePresenceChoice> = v.pipe(
  v.object({ chat_id: id, on: v.boolean() }),
  v.transform(camelKeys),
);

/** What a beat on a page is answered with. */
export interface OnPage {
  /** Whether the person chose so in this chat. */
  readonly on: boolean;
  /** What news of this page carry; null without a page. */
  readonly visit: string | null;
  /** Who else is on the page, and for how many seconds that holds. */
  readonly here: readonly { readonly userId: string; readonly seconds: number }[];
}
export const onPageRow: Row<OnPage> = v.object({
  on: v.boolean(),
  visit: v.nullable(id),
  here: v.array(v.pipe(v.object({ user_id: id, seconds: v.number() }), v.transform(camelKeys))),
});
