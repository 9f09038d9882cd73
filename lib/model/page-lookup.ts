/** Stands before a page's address when it is hashed. The database has the same in private.page_hash. */
export const PAGE_SALT = 'sideroom page 1 ';

/** The first hex digit: of all pages of the web every sixteenth has the same, so nobody who hears it knows which one is meant. */
export function digitOf(pageHash: string): string {
  return pageHash.slice(0, 1);
}

/** The same for one chat alone: there a page has another hash than in every other chat, and than what was shared of it. */
export function chatPageSalt(chatId: string): string {
  return `sideroom page of chat ${chatId} `;
}
