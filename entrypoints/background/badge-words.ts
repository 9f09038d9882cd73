/** What the toolbar's button shows over one page. */
export interface Badge {
  /** Null: what it shows over all pages, which is how many chats have something unread. */
  readonly text: string | null;
  readonly title: string;
}

const MOST = 99;

/** How many chats have something unread. */
export function unreadText(chats: number): string {
  return chats === 0 ? '' : String(Math.min(chats, MOST));
}

/** The badge over a page that was shared so often in the person's chats. Unread chats come first: they change while nobody looks. */
export function badgeOver(shares: number, unread: number, title: string): Badge {
  if (shares === 0) return { text: null, title };
  return {
    text: unread > 0 ? null : String(Math.min(shares, MOST)),
    title: `${title}: ${shares} ${shares === 1 ? 'share' : 'shares'} of it in your chats`,
  };
}
