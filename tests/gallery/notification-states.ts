import { failure } from '../../lib/model/failure.ts';
import { appState } from './fixtures.ts';
import type { GalleryState } from './states.ts';
import { click, fill, see } from './steps.ts';

const open = [click('.account-button'), click('.menu [role=menuitem]:nth-of-type(2)'), see('.access-switch')];
const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };

/** Whether and when a person hears of messages while they look elsewhere. */
export const NOTIFICATION_STATES: Readonly<Record<string, GalleryState>> = {
  notifications: { app: appState(), steps: open },
  'notifications-on': { app: appState({ quietHours }), notifying: 'on', steps: open },
  'notifications-refused': {
    app: appState(),
    steps: [...open, click('.access-switch .button'), see('.access-note')],
  },
  'notifications-held': { app: appState({ quietHours }), notifying: 'held', steps: open },
  'quiet-hours-wrong': {
    app: appState({ quietHours }),
    notifying: 'on',
    steps: [...open, fill('.quiet-hours-times > :last-child input', '22:00'), see('.problem')],
  },
  'quiet-hours-failed': {
    app: appState({ quietHours }),
    notifying: 'on',
    answers: { setQuietHours: () => failure('unreachable') },
    steps: [...open, click('.quiet-hours-wanted input'), click('.quiet-hours .button'), see('.failure-note')],
  },
};
