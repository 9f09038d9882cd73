import { failure } from '../../lib/model/failure.ts';
import { appState, BOOK_CLUB, SOLO, view } from './fixtures.ts';
import { FOUND } from './found.ts';
import type { GalleryState } from './states.ts';
import { click, fill, see } from './steps.ts';

/** The list of chats, and what is found from it. */
export const LIST_STATES: Readonly<Record<string, GalleryState>> = {
  list: { app: appState() },
  'list-current': { app: appState(), chatId: BOOK_CLUB.id, view: view() },
  'list-empty': { app: appState({ chats: [] }) },
  'list-loading': { app: appState({ chats: [], chatsLoaded: false }) },
  'list-found': { app: appState(), steps: [fill('[type=search]', 'book')] },
  'list-found-messages': {
    app: appState(),
    answers: { search: () => FOUND },
    steps: [fill('[type=search]', 'harbour'), see('.found-message')],
  },
  'list-found-nothing': {
    app: appState(),
    answers: { search: () => ({ messages: [], people: {}, hasMore: false }) },
    steps: [fill('[type=search]', 'zebra'), see('.found-messages .chat-hint')],
  },
  'list-search-failed': {
    app: appState(),
    answers: { search: () => failure('unreachable') },
    steps: [fill('[type=search]', 'harbour'), see('.found-failure')],
  },
  'list-not-found': { app: appState(), steps: [fill('[type=search]', 'zebra')] },
  'list-only-solo': { app: appState({ chats: [SOLO] }) },
  'list-offline': { app: appState({ connection: 'offline' }) },
  'account-menu': { app: appState(), steps: [click('.account-button')] },
};
