import { failure } from '../../lib/model/failure.ts';
import type { AppState } from '../../lib/model/protocol.ts';
import { appState, preview } from './fixtures.ts';
import { ME } from './people.ts';
import type { GalleryState } from './states.ts';
import { click, see } from './steps.ts';

const intent = { token: 'Qm9va0NsdWJUb2tlbjEyMw' };
const signedOut = appState({ session: { name: 'signed-out', failure: null }, chats: [], intent });
const newcomer = appState({
  session: { name: 'needs-profile', userId: ME.id, email: 'ben@example.org', isAgeKnown: true },
  chats: [],
  intent,
});
const limited = (retryAfter: number) => failure('too_many_requests', { retryAfter });

/** An invite where too many wrong ones were tried: one waits, and then it works. */
export const LIMITED_STATES: Readonly<Record<string, GalleryState>> = {
  'invited-limited': { app: appState({ intent }), answers: { previewInvite: () => limited(40) } },
  'invited-limited-over': limitedOnce(appState({ intent }), '.invite-actions .primary'),
  'invited-limited-join': {
    app: appState({ intent }),
    answers: { redeemInvite: () => limited(40) },
    steps: [click('.primary')],
  },
  'invited-limited-signed-out': { app: signedOut, answers: { previewInvite: () => limited(40) } },
  'invited-limited-newcomer': limitedOnce(newcomer, '.invite-banner p + .button'),
};

/** The first look has to wait a second, which is over; the next one works. */
function limitedOnce(app: AppState, retry: string): GalleryState {
  let looks = 0;
  return {
    app,
    answers: { previewInvite: () => (looks++ === 0 ? limited(1) : preview()) },
    steps: [see(`${retry}[aria-disabled=true]`), see(`${retry}[aria-disabled=false]`)],
  };
}
