import { failure } from '../../lib/model/failure.ts';
import { appState, BOOK_CLUB, view } from './fixtures.ts';
import type { GalleryState } from './states.ts';
import { click, see } from './steps.ts';

const press = click('.voice-button');
const inChat = { app: appState(), chatId: BOOK_CLUB.id, view: view({ draft: 'About Thursday:' }) } as const;
const spoken = [{ type: 'recording' }, { type: 'piece', audio: 'c2FpZA==' }, { type: 'level', level: 0.62 }] as const;
const recordedAnd = (steps: GalleryState['steps'] = []) => [
  press,
  see('.voice-bar[data-state=recording]'),
  press,
  ...steps,
];

/** Dictating, from the press to the words. */
export const VOICE_STATES: Readonly<Record<string, GalleryState>> = {
  'voice-covered': { ...inChat, verdict: 'covered', steps: [press, see('.obstacle')] },
  'voice-ready': { ...inChat, recorder: [{ type: 'recording' }] },
  'voice-opening': { ...inChat, steps: [press, see('.voice-bar')] },
  'voice-asking': { ...inChat, recorder: [{ type: 'asking' }], steps: [press, see('[data-state=asking]')] },
  'voice-recording': { ...inChat, recorder: spoken, steps: [press, see('.level-meter [data-lit=true]')] },
  'voice-transcribing': {
    ...inChat,
    recorder: spoken,
    answers: { transcribe: () => new Promise(() => {}) },
    steps: recordedAnd([see('[data-state=transcribing]')]),
  },
  'voice-written': { ...inChat, recorder: spoken, steps: recordedAnd() },
  'voice-denied': {
    ...inChat,
    recorder: [{ type: 'refused', why: 'denied' }],
    steps: [press, see('[data-state=refused]')],
  },
  'voice-missing': {
    ...inChat,
    recorder: [{ type: 'refused', why: 'missing' }],
    steps: [press, see('[data-state=refused]')],
  },
  'voice-failed': {
    ...inChat,
    recorder: spoken,
    answers: { transcribe: () => failure('unreachable') },
    steps: recordedAnd([see('[data-state=failed]')]),
  },
  'voice-unheard': {
    ...inChat,
    recorder: spoken,
    answers: { transcribe: () => failure('nothing_heard') },
    steps: recordedAnd([see('[data-state=failed]')]),
  },
  'microphone-asking': { app: 'silent', microphone: { name: 'asking' } },
  'microphone-recording': { app: 'silent', microphone: { name: 'recording', level: 0.6 } },
  'microphone-denied': { app: 'silent', microphone: { name: 'refused', why: 'denied' } },
  'microphone-missing': { app: 'silent', microphone: { name: 'refused', why: 'missing' } },
  'voice-offline': {
    ...inChat,
    app: appState({ connection: 'offline' }),
    steps: [press, see('[data-state=failed]')],
  },
};
