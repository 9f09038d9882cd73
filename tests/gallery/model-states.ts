import type { ModelChoice, Receipt, ReplyError } from '../../lib/model/chat.ts';
import type { ReplyLimit } from '../../lib/model/chat-view.ts';
import { failure } from '../../lib/model/failure.ts';
import { appState, BOOK_CLUB, message, SOLO, TALK, view } from './fixtures.ts';
import { ME, membersOf } from './people.ts';
import type { GalleryState } from './states.ts';
import { click, focus, see } from './steps.ts';

const inChat = { app: appState(), chatId: BOOK_CLUB.id } as const;

const CHOICE: ModelChoice = {
  mayPin: true,
  pinned: null,
  models: [
    { slot: 'small', name: 'gpt-6-luna' },
    { slot: 'standard', name: 'gpt-6.1-terra' },
    { slot: 'large', name: 'gpt-6.1-sol' },
  ],
};
const choosing = (choice: Partial<ModelChoice>) => ({ readModels: () => ({ ...CHOICE, ...choice }) });
const openModels = [see('.target-button[aria-label^=Model]'), click('.target-button[aria-label^=Model]')];

const question = message(ME, '@ai draw the harbour at dawn', '23T14:31');
const limited = (reason: ReplyLimit['reason'], resetsAt: string): GalleryState => ({
  ...inChat,
  view: view({ messages: [...TALK, question], limit: { messageId: question.id, reason, resetsAt } }),
});

const failed = (error: ReplyError, retryAt: string | null = null): GalleryState => ({
  ...inChat,
  view: view({ messages: [...TALK, question, message('ai', '', '23T14:32', { status: 'failed' })] }),
  answers: { readReplyFailure: () => ({ error, retryAt }) },
  steps: [see('.assistant-mark.failed')],
});

const RECEIPT: Receipt = {
  askerId: ME.id,
  decision: null,
  made: {
    ...{ model: 'practice-small', rules: '2026-11-27.2', messages: 3, pages: 0, inputTokens: 212, outputTokens: 41 },
    ...{ gateInputTokens: null, gateOutputTokens: null, costMicros: null, currency: 'USD' },
    route: {
      ...{ slot: 'small', missing: false, effort: 'none', pinned: false, difficulty: 'easy' },
      because: { plan: null, difficulty: 'easy', tokens: null, images: null, files: null },
    },
    ...{ firstMs: 210, totalMs: 980 },
  },
};
const openReceipt = [
  focus('.assistant-message [aria-label="More actions"]'),
  click('.assistant-message [aria-label="More actions"]'),
  click('.menu [role=menuitem]:nth-child(2)'),
  see('.receipt'),
];

/** Which model answers, what that cost, and why there is no answer. */
export const MODEL_STATES: Readonly<Record<string, GalleryState>> = {
  'models-closed': {
    ...inChat,
    view: view(),
    answers: choosing({}),
    steps: [see('.target-button[aria-label^=Model]')],
  },
  'models-open': { ...inChat, view: view(), answers: choosing({ pinned: 'large' }), steps: openModels },
  'models-solo': {
    ...inChat,
    chatId: SOLO.id,
    view: view({ chat: SOLO, members: membersOf(2).slice(1), messages: [] }),
    answers: choosing({}),
    steps: openModels,
  },
  'models-plan': { ...inChat, view: view(), answers: choosing({ mayPin: false }), steps: openModels },
  'models-refused': {
    ...inChat,
    view: view(),
    answers: { ...choosing({}), pinModel: () => failure('plan_chooses') },
    steps: [...openModels, click('.menu [role=menuitemradio]:last-child'), see('.toast')],
  },
  'limit-pictures': limited('pictures', '2026-11-24T01:00:00.000Z'),
  'limit-ceiling': limited('ceiling', '2026-11-24T00:00:00.000Z'),
  'answer-cost-unknown': { ...inChat, view: view(), answers: { readReceipt: () => RECEIPT }, steps: openReceipt },
  'profile-likeness': {
    app: appState(),
    answers: { readLikeness: () => ({ allowed: false, offered: true }) },
    steps: [click('.account-button'), click('.menu [role=menuitem]'), see('.likeness-switch')],
  },
  'failed-unreachable': failed('unreachable'),
  'failed-limited': failed('limited', '2026-11-23T14:52:00.000Z'),
  'failed-key': failed('unauthorized'),
  'failed-too-long': failed('too_long'),
};
