import type { Message } from '../../lib/model/chat.ts';
import { failure } from '../../lib/model/failure.ts';
import { appState, BOOK_CLUB, message, TALK, view } from './fixtures.ts';
import { ANA, BEN, CHIARA, DANA, EMIL, ME, membersOf, PEOPLE, WILHELMINA } from './people.ts';
import type { GalleryState } from './states.ts';
import { click, fill, focus, see } from './steps.ts';

const inChat = { app: appState(), chatId: BOOK_CLUB.id } as const;
const everyone = PEOPLE.map((person) => person.id);
const others = everyone.filter((who) => who !== ME.id);

const mine = message(ME, 'The tide tables are on page 212, if anybody needs them.', '23T14:29', {
  editedAt: '2026-11-23T14:30:00.000Z',
  reactions: [
    { emoji: '👍', userIds: [ANA.id, ME.id] },
    { emoji: '🌊', userIds: [CHIARA.id] },
  ],
});
const gone = message(BEN, '', '23T14:29', { deletedAt: '2026-11-23T14:30:00.000Z' });
const wall = message(WILHELMINA, 'I finished chapter four!', '23T14:30', {
  reactions: Array.from({ length: 40 }, (_, index) => ({
    emoji: String.fromCodePoint(0x1f400 + index),
    userIds: everyone.slice(0, 1 + (index % everyone.length)),
  })),
});
const rtl = message(DANA, 'כל הכבוד!', '23T14:31', {
  reactions: [{ emoji: '❤️', userIds: [EMIL.id, DANA.id, ME.id, ANA.id, BEN.id] }],
});

const talk = (...last: Message[]) => view({ messages: [...TALK, ...last] });
const row = `[data-message="${mine.id}"]`;
const more = [focus(`${row} [aria-label="More actions"]`), click(`${row} [aria-label="More actions"]`)];
const edit = [...more, click('.menu [role=menuitem]:nth-child(2)'), see('.edit-form')];

const reads = Object.fromEntries(
  membersOf(20).map(({ id }, index) => [id, index < 9 ? 1_000_000 : (TALK[10]?.seq ?? 0)]),
);

/** What people do with messages that are there, and what the others see of it. */
export const MESSAGE_STATES: Readonly<Record<string, GalleryState>> = {
  'message-reactions': { ...inChat, view: talk(mine, gone, rtl) },
  'message-reaction-wall': { ...inChat, view: talk(wall) },
  'reply-limit': {
    ...inChat,
    view: { ...talk(mine), limit: { messageId: mine.id, reason: 'quota', resetsAt: '2026-11-23T17:05:00.000Z' } },
  },
  'message-react': {
    ...inChat,
    view: talk(mine),
    steps: [focus(`${row} [aria-label=React]`), click(`${row} [aria-label=React]`), see('.usual-reactions')],
  },
  'message-react-all': {
    ...inChat,
    view: talk(mine),
    steps: [
      focus(`${row} [aria-label=React]`),
      click(`${row} [aria-label=React]`),
      click('[aria-label="All emoji"]'),
      see('.emoji'),
    ],
  },
  'message-more': { ...inChat, view: talk(mine), steps: more },
  'message-edit': { ...inChat, view: talk(mine), steps: edit },
  'message-edit-failed': {
    ...inChat,
    view: talk(mine),
    answers: { editMessage: () => failure('unreachable') },
    steps: [
      ...edit,
      fill('.edit-form textarea', 'The tide tables are on page 221.'),
      click('.edit-form [type=submit]'),
      see('.failure-note'),
    ],
  },
  'message-delete': {
    ...inChat,
    view: talk(mine),
    steps: [...more, click('.menu [role=menuitem]:nth-child(3)'), see('.confirm')],
  },
  'message-versions': {
    ...inChat,
    view: talk(mine),
    answers: {
      readVersions: () => [
        { body: 'The tide table is on page 122.', replacedAt: '2026-11-23T14:29:30.000Z' },
        { body: 'The tide tables are on page 122, if anybody needs them.', replacedAt: '2026-11-23T14:30:00.000Z' },
      ],
    },
    steps: [click(`${row} .message-edited`), see('.versions')],
  },
  'message-versions-failed': {
    ...inChat,
    view: talk(mine),
    answers: { readVersions: () => failure('unreachable') },
    steps: [click(`${row} .message-edited`), see('.failure-note')],
  },
  'chat-typing': {
    ...inChat,
    view: view({ presence: { [ANA.id]: 'typing', [WILHELMINA.id]: 'typing', [EMIL.id]: 'here' } }),
  },
  'chat-typing-many': {
    ...inChat,
    view: view({
      members: membersOf(20),
      presence: Object.fromEntries(others.map((who) => [who, 'typing' as const])),
    }),
  },
  'chat-read': { ...inChat, view: view({ members: membersOf(20), messages: [...TALK, mine], reads }) },
  'members-here': {
    ...inChat,
    view: view({ presence: { [ANA.id]: 'here', [WILHELMINA.id]: 'here' } }),
    steps: [click('.people-button'), see('.member-list')],
  },
  'chat-reacted-by-ai': {
    ...inChat,
    view: talk(
      message(ANA, 'We finished chapter four!', '23T14:31', { reactions: [{ emoji: '❤️', userIds: ['ai', BEN.id] }] }),
    ),
  },
  'answer-why': {
    ...inChat,
    view: view(),
    answers: {
      readReceipt: () => ({
        askerId: BEN.id,
        decision: {
          by: 'gate',
          action: 'reply',
          reason: 'an open question that nobody answered',
          confidence: 0.9,
          threshold: 0.8,
        },
        made: {
          model: 'gpt-6.1-terra',
          rules: '2026-11',
          messages: 24,
          pages: 2,
          inputTokens: 3_812,
          outputTokens: 164,
          gateInputTokens: 1_904,
          gateOutputTokens: 38,
          costMicros: 4_842,
          currency: 'USD',
          route: {
            slot: 'large',
            missing: false,
            effort: 'medium',
            pinned: false,
            difficulty: 'hard',
            because: { plan: 'pro', difficulty: 'hard', tokens: null, images: null, files: null },
          },
          firstMs: 620,
          totalMs: 3_410,
        },
      }),
    },
    steps: [
      focus('.assistant-message [aria-label="More actions"]'),
      click('.assistant-message [aria-label="More actions"]'),
      click('.menu [role=menuitem]:nth-child(2)'),
      see('.receipt'),
    ],
  },
  'silence-why': {
    ...inChat,
    view: { ...talk(mine), chat: { ...BOOK_CLUB, replyMode: 'automatic' } },
    answers: {
      readSilence: () => ({
        by: 'gate',
        action: 'silent',
        reason: 'people are making plans',
        confidence: 0.7,
        threshold: 0.8,
      }),
    },
    steps: [...more, click('.menu [role=menuitem]:nth-child(2)'), see('.tuning')],
  },
};
