import type { DeviceSession } from '../../lib/model/account.ts';
import type { LogLine } from '../../lib/model/chat-log.ts';
import { failure } from '../../lib/model/failure.ts';
import { appState, BOOK_CLUB, id, message, notice, SOLO, summary, TALK, view } from './fixtures.ts';
import { ANA, BEN, CHIARA, DANA, EMIL, ME, WILHELMINA } from './people.ts';
import type { GalleryState } from './states.ts';
import { click, fill, focus, see, take } from './steps.ts';

const inChat = { app: appState(), chatId: BOOK_CLUB.id } as const;
const openPrivacy = [click('.account-button'), take('Privacy and account'), see('.privacy-part')];

const bad = message(EMIL, 'You are all fools and this book is rubbish!!!', '23T14:29');
const worse = message(EMIL, 'Nobody here has read a line of it.', '23T14:30');
const calm = message(CHIARA, 'Please, Emil. Let us talk about chapter three.', '23T14:31', {
  replyTo: bad.id,
  reactions: [
    { emoji: '👍', userIds: [EMIL.id, BEN.id] },
    { emoji: '🙄', userIds: [EMIL.id, WILHELMINA.id] },
  ],
});
const gone = message(BEN, 'I leave my copy on the bench by the pier.', '23T14:31', { authorId: null });
const kept = notice({ type: 'retention', by: ANA.id, days: 365 }, '23T14:31');
const talk = view({
  messages: [...TALK, bad, worse, calm, gone, kept],
  reads: { [EMIL.id]: calm.seq, [BEN.id]: calm.seq },
});
const blockedApp = appState({ blocked: [EMIL, WILHELMINA] });
const more = (who: string) => [
  focus(`[data-message="${who}"] [aria-label="More actions"]`),
  click(`[data-message="${who}"] [aria-label="More actions"]`),
];
const report = [...more(bad.id), click('.menu [role=menuitem]:nth-of-type(2)'), see('.report-reasons')];

const SESSIONS: readonly DeviceSession[] = [
  session(1, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/148.0 Safari/537.36', '23T14:30', true),
  session(2, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0', '22T19:05'),
  session(3, null, '02T08:15'),
];

function session(number: number, userAgent: string | null, usedAt: string, current = false): DeviceSession {
  return {
    id: id(700 + number),
    createdAt: '2026-11-01T08:00:00.000Z',
    usedAt: `2026-11-${usedAt}:00.000Z`,
    userAgent,
    current,
  };
}

const LOG: readonly LogLine[] = (
  [
    ['retention', ANA.id, null, { before: null, days: 365 }],
    ['join_declined', BEN.id, DANA.id, {}],
    ['removed', ANA.id, id(999), {}],
    ['instructions', CHIARA.id, null, {}],
    ['renamed', CHIARA.id, null, { before: 'Books', after: 'Book club, Thursdays at the harbour' }],
    ['joined', null, WILHELMINA.id, {}],
    ['joined', BEN.id, ME.id, {}],
    ['invite_created', ANA.id, null, {}],
    ['created', ANA.id, ANA.id, {}],
  ] as const
).map(([type, actor, subject, details], index) => ({
  chat_id: BOOK_CLUB.id,
  number: 9 - index,
  at: `2026-11-${String(23 - index * 2).padStart(2, '0')}T09:12:00.123456Z`,
  actor_id: actor,
  type,
  subject_id: subject,
  details,
  previous: '',
  hash: '3f9a12cd77e0b4415c2f'.padEnd(64, '0'),
}));
const log = { readLog: () => LOG } as const;
const openLog = [click('.about-button'), click('.about-log'), see('.log-rows, .failure-note')];

/** What protects people, and what is theirs to know and to end. */
export const SAFETY_STATES: Readonly<Record<string, GalleryState>> = {
  'message-more-others': { ...inChat, view: talk, steps: more(bad.id) },
  report: { ...inChat, view: talk, steps: report },
  'report-chosen': {
    ...inChat,
    view: talk,
    steps: [
      ...report,
      click('.report-reasons label:nth-of-type(1) input'),
      fill('.sheet textarea', 'It goes on like this every week.'),
      click('.report-block input'),
    ],
  },
  'report-limited': {
    ...inChat,
    view: talk,
    answers: { reportMessage: () => failure('too_many_reports') },
    steps: [
      ...report,
      click('.report-reasons label:nth-of-type(6) input'),
      click('.sheet footer .button'),
      see('.failure-note'),
    ],
  },
  'block-ask': {
    ...inChat,
    view: talk,
    steps: [...more(bad.id), take('Block this person'), see('.confirm')],
  },
  'blocked-messages': { app: blockedApp, chatId: BOOK_CLUB.id, view: talk },
  'blocked-shown': {
    app: blockedApp,
    chatId: BOOK_CLUB.id,
    view: talk,
    steps: [click(`[data-message="${bad.id}"] .blocked-show`), see(`[data-message="${bad.id}"] .message-body`)],
  },
  'blocked-members': { app: blockedApp, chatId: BOOK_CLUB.id, view: talk, steps: [click('.people-button')] },
  'blocked-list': {
    app: appState({ blocked: [EMIL], chats: [summary({ ...BOOK_CLUB, lastMessage: worse }), SOLO] }),
  },

  privacy: {
    app: blockedApp,
    answers: { readSessions: () => SESSIONS },
    steps: [...openPrivacy, see('.device-list li')],
  },
  'privacy-alone': {
    app: appState(),
    answers: { readSessions: () => SESSIONS.slice(0, 1) },
    steps: [...openPrivacy, see('.device-list li')],
  },
  'privacy-offline': {
    app: appState({ connection: 'offline' }),
    answers: { readSessions: () => failure('unreachable') },
    steps: [...openPrivacy, see('.failure-note')],
  },
  'account-delete': {
    app: appState({ chats: [summary({ ...BOOK_CLUB, creatorId: ME.id }), SOLO] }),
    answers: { readSessions: () => SESSIONS.slice(0, 1) },
    steps: [
      ...openPrivacy,
      click('.privacy-part:last-child .button'),
      see('form.privacy-part'),
      fill('form.privacy-part input', 'be'),
    ],
  },
  'account-delete-ready': {
    app: appState(),
    answers: { readSessions: () => SESSIONS.slice(0, 1), deleteAccount: () => failure('unreachable') },
    steps: [
      ...openPrivacy,
      click('.privacy-part:last-child .button'),
      fill('form.privacy-part input', ME.username),
      click('form.privacy-part [type=submit]'),
      see('form.privacy-part .failure-note'),
    ],
  },

  retention: {
    ...inChat,
    view: view(),
    answers: { readRetention: () => 365 },
    steps: [click('.about-button'), see('.retention')],
  },
  'retention-shorter': {
    ...inChat,
    view: view(),
    answers: { readRetention: () => 365 },
    steps: [click('.about-button'), see('.retention'), choose('.retention select', 3), see('.retention .confirm')],
  },
  log: { ...inChat, view: talk, answers: log, steps: openLog },
  'log-failed': { ...inChat, view: talk, answers: { readLog: () => failure('unreachable') }, steps: openLog },
};

function choose(selector: string, index: number): () => Promise<void> {
  return async () => {
    const field = document.querySelector<HTMLSelectElement>(selector);
    if (field === null) throw new Error(`The gallery finds no ${selector}`);
    field.selectedIndex = index;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };
}
