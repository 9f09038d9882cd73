import type { HubMessage } from '../../lib/model/protocol.ts';
import type { WhyBeside } from '../../lib/model/share.ts';
import { appState, BOOK_CLUB, view } from './fixtures.ts';
import type { GalleryState } from './states.ts';
import { click, type Steps, see } from './steps.ts';

const inChat = { app: appState(), chatId: BOOK_CLUB.id, view: view() } as const;

const beside = (why: WhyBeside): GalleryState => ({
  ...inChat,
  surface: 'side-panel',
  answers: { whyBeside: () => why },
  steps: [see('.beside-note')],
});

/** Somebody writes, and the page takes the keyboard until the panel gives in. */
const stolen: Steps = [
  click('.composer textarea'),
  async () => {
    const { hub } = globalThis as unknown as { hub: { tell(message: HubMessage): void } };
    dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    for (let time = 0; time < 4; time++) hub.tell({ type: 'page', news: 'takes-keys' });
  },
  see('.obstacle'),
];

/** A page in whose way, or beside which, the panel is. */
export const BESIDE_STATES: Readonly<Record<string, GalleryState>> = {
  'beside-no-entry': beside('no_entry'),
  'beside-dialog': beside('dialog'),
  'beside-removed': beside('removed'),
  'beside-no-entry-window': { ...beside('no_entry'), surface: 'window' },
  'keys-taken': { ...inChat, view: view({ draft: 'I think that the second paragraph' }), steps: stolen },
};
