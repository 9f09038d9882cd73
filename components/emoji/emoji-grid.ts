import { lazy } from '../parts/use-lazy.ts';

/** The picker of all emoji: a chunk of its own, fetched when somebody wants more than the usual ones. */
export const emojiGrid = lazy(() => import('./EmojiGrid.tsx'));
