import { failure } from '../../lib/model/failure.ts';
import type { Guardianship } from '../../lib/model/family.ts';
import type { Memories } from '../../lib/model/memory.ts';
import { appState, CHATS, id, message, SOLO, view } from './fixtures.ts';
import { ANA, EMIL, ME } from './people.ts';
import type { GalleryState } from './states.ts';
import { click, fill, find, type Steps, see } from './steps.ts';

const newcomer = appState({
  session: { name: 'needs-profile', userId: ME.id, email: 'ben@example.org', isAgeKnown: false },
  chats: [],
});

/** Opens one of the account menu's items by its words. */
function choose(words: string): Steps {
  return [
    click('.account-button'),
    async () => {
      await find('.menu');
      const items = [...document.querySelectorAll<HTMLElement>('.menu [role=menuitem]')];
      items.find((item) => item.textContent === words)?.click();
      await find('.sheet');
    },
  ];
}

const link = (role: Guardianship['role'], other: typeof ANA, groupsOff = false): Guardianship => ({
  ...{ role, groupsOff, createdAt: '2026-11-20T10:00:00.000Z' },
  ...{ id: other.id, displayName: other.displayName, username: other.username },
});

const minor = (groupsOff: boolean, more: object = {}) =>
  appState({ family: { minor: true, links: [link('minor', ANA, groupsOff)] }, ...more });
const alone = CHATS.filter(({ kind }) => kind === 'solo');

const MEMORIES: Memories = {
  on: true,
  list: [
    { id: id(71), body: 'I am learning Portuguese and like to be corrected.', createdAt: '2026-11-22T10:00:00.000Z' },
    { id: id(72), body: 'Vegetarian, and allergic to walnuts.', createdAt: '2026-11-20T10:00:00.000Z' },
    {
      id: id(73),
      body: 'My thesis is about how harbour towns changed between 1850 and 1914, with a chapter on Rijeka. Sources in German and Croatian are fine.',
      createdAt: '2026-11-12T10:00:00.000Z',
    },
  ],
};
const remembering = { app: appState(), answers: { readMemories: () => MEMORIES } };

/** Age, guardians and memories. */
export const YOUNG_STATES: Readonly<Record<string, GalleryState>> = {
  'birth-date': { app: newcomer },
  'birth-date-missing': { app: newcomer, steps: [click('[type=submit]'), see('.problem')] },
  'birth-date-wrong': {
    app: newcomer,
    steps: [fill('[type=date]', '2199-05-01'), click('[type=submit]'), see('.problem')],
  },
  'too-young': { app: appState({ session: { name: 'signed-out', failure: failure('too_young') }, chats: [] }) },

  'guardian-none': { app: appState(), steps: choose('Looking after somebody') },
  'guardian-code': {
    app: appState(),
    steps: [...choose('Looking after somebody'), click('.family-buttons .button'), see('.family-code')],
  },
  'guardian-minors': {
    app: appState({ family: { minor: false, links: [link('guardian', EMIL), link('guardian', ANA, true)] } }),
    steps: choose('Looking after somebody'),
  },
  'guardian-ending': {
    app: appState({ family: { minor: false, links: [link('guardian', EMIL)] } }),
    steps: [...choose('Looking after somebody'), click('.family-part .quiet'), see('.confirm')],
  },
  'minor-no-guardian': {
    app: appState({ family: { minor: true, links: [] } }),
    steps: choose('Your guardian'),
  },
  'minor-wrong-code': {
    app: appState({ family: { minor: true, links: [] } }),
    answers: { lookAtGuardianCode: () => failure('guardian_code_wrong') },
    steps: [
      ...choose('Your guardian'),
      fill('.sheet input', 'K7M2Q-XW4RD'),
      click('[type=submit]'),
      see('.failure-note'),
    ],
  },
  'minor-asked': {
    app: appState({ family: { minor: true, links: [] } }),
    steps: [
      ...choose('Your guardian'),
      fill('.sheet input', 'K7M2Q-XW4RD'),
      click('[type=submit]'),
      see('.family-asked'),
    ],
  },
  'minor-guardian': { app: minor(false), steps: choose('Your guardian') },
  'groups-off': { app: minor(true, { chats: alone }) },
  'groups-off-empty': { app: minor(true, { chats: [] }) },
  'groups-off-guardian': { app: minor(true, { chats: alone }), steps: choose('Your guardian') },

  'memory-none': { app: appState(), steps: [...choose('Memory'), see('.memory-none')] },
  memory: { ...remembering, steps: [...choose('Memory'), see('.memory-list')] },
  'memory-off': {
    app: appState(),
    answers: { readMemories: () => ({ ...MEMORIES, on: false }) },
    steps: [...choose('Memory'), see('.memory-list')],
  },
  'memory-edit': { ...remembering, steps: [...choose('Memory'), click('[aria-label=Edit]'), see('.memory-form')] },
  'memory-delete': { ...remembering, steps: [...choose('Memory'), click('[aria-label=Delete]'), see('.confirm')] },
  'memory-failed': {
    app: appState(),
    answers: { readMemories: () => failure('unreachable') },
    steps: [...choose('Memory'), see('.failure-note')],
  },
  'message-remembered': {
    app: appState(),
    chatId: SOLO.id,
    view: view({
      chat: SOLO,
      members: [],
      messages: [message(ME, 'I am allergic to walnuts.', '23T14:30', { chatId: SOLO.id })],
    }),
    steps: [
      click('[aria-label="More actions"]'),
      async () => {
        await find('.menu');
        [...document.querySelectorAll<HTMLElement>('.menu [role=menuitem]')].at(-1)?.click();
      },
      see('.toast'),
    ],
  },
};
